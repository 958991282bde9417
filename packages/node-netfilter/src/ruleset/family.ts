/**
 * What a table's chains see: `inet` IPv4 and IPv6, `ip` and `ip6` one of them, `netdev` what a device takes in, `arp` and
 * `bridge` what their names say.
 */
export type Family = 'inet' | 'ip' | 'ip6' | 'netdev' | 'arp' | 'bridge';

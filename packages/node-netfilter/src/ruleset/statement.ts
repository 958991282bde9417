/**
 * One step of a rule: a test that a packet has to pass for the next step, or what is done with it. As `nft` writes them:
 *
 * | kind | nft |
 * |---|---|
 * | `loopback` | `iif "lo"` |
 * | `source` | `ip saddr @set`, or with a prefix shorter than the address `ip saddr & 255.255.255.0 == @set` |
 * | `source-port` | `ip saddr . meta l4proto . th dport @set`, the address masked as above |
 * | `destination-port` | `th dport @set` |
 * | `protocol` | `meta l4proto tcp` |
 * | `neighbour-discovery` | `ip6 hoplimit 255 icmpv6 type 133-136` (RFC 4861) |
 * | `tcp-running` | `tcp flags & syn == 0`: a TCP segment that opens no connection |
 * | `established` | `ct state established,related` |
 * | `reply` | `ct direction reply`: an answer to what this machine, or one behind it, began |
 * | `counter` | `counter name "denied"`, or without a name `counter` |
 * | `verdict` | `accept`, `drop`, `return`, `goto deny`, `jump deny` |
 * | `reject` | `reject with icmpx type port-unreachable`, or `reject with tcp reset` |
 */
export type Statement =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'source'; readonly family: 4 | 6; readonly prefix: number; readonly set: string }
  | { readonly kind: 'source-port'; readonly family: 4 | 6; readonly prefix: number; readonly set: string }
  | { readonly kind: 'destination-port'; readonly set: string }
  | { readonly kind: 'protocol'; readonly protocol: 'tcp' | 'udp' }
  | { readonly kind: 'neighbour-discovery' }
  | { readonly kind: 'tcp-running' }
  | { readonly kind: 'established' }
  | { readonly kind: 'reply' }
  | { readonly kind: 'counter'; readonly name?: string }
  | { readonly kind: 'verdict'; readonly verdict: 'accept' | 'drop' | 'return' }
  | { readonly kind: 'verdict'; readonly verdict: 'goto' | 'jump'; readonly chain: string }
  | { readonly kind: 'reject'; readonly with: 'port-unreachable' | 'tcp-reset' };

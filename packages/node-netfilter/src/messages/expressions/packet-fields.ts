import type { PacketField } from './write-payload.ts';

/** Places in packets: RFC 791, RFC 8200, RFC 9293, RFC 4443. */
export const packetFields: Readonly<
  Record<'ipv4Source' | 'ipv6Source' | 'ipv6HopLimit' | 'destinationPort' | 'tcpFlags' | 'icmpType', PacketField>
> = {
  ipv4Source: { base: 'network', offset: 12, byteLength: 4 },
  ipv6Source: { base: 'network', offset: 8, byteLength: 16 },
  ipv6HopLimit: { base: 'network', offset: 7, byteLength: 1 },
  destinationPort: { base: 'transport', offset: 2, byteLength: 2 },
  tcpFlags: { base: 'transport', offset: 13, byteLength: 1 },
  icmpType: { base: 'transport', offset: 0, byteLength: 1 },
};

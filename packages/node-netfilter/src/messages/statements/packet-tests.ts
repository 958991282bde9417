import type { Family } from '../../ruleset/family.ts';
import { register } from '../expressions/register.ts';
import { comparison, writeCompare } from '../expressions/write-compare.ts';
import { metaKey, writeMeta } from '../expressions/write-meta.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';

/** `NFPROTO_IPV4` and `NFPROTO_IPV6` (`linux/netfilter.h`). */
const networkProtocols = { 4: 2, 6: 10 } as const;
/** `ETH_P_IP` and `ETH_P_IPV6` (`linux/if_ether.h`), in network order. */
const etherTypes = { 4: [0x08, 0x00], 6: [0x86, 0xdd] } as const;

/**
 * What a rule has to make sure of before it may look into a packet: that it is of this IP, and of this protocol above.
 * Each is tested once in a rule, and not at all where the family of the table says it.
 */
export class PacketTests {
  readonly #writer: MessageWriter;
  readonly #family: Family;
  #version: 4 | 6 | undefined;
  #protocol: number | undefined;

  constructor(writer: MessageWriter, family: Family) {
    this.#writer = writer;
    this.#family = family;
    this.#version = family === 'ip' ? 4 : family === 'ip6' ? 6 : undefined;
  }

  requireVersion(version: 4 | 6): void {
    if (this.#version === version) return;
    this.#version = version;
    if (this.#family === 'netdev' || this.#family === 'bridge') {
      writeMeta(this.#writer, metaKey.etherType, register.first);
      writeCompare(this.#writer, comparison.equal, ...etherTypes[version]);
    } else {
      writeMeta(this.#writer, metaKey.networkProtocol, register.first);
      writeCompare(this.#writer, comparison.equal, networkProtocols[version]);
    }
  }

  /** @param protocol IANA's number */
  requireProtocol(protocol: number): void {
    if (this.#protocol !== protocol) this.testProtocol(protocol);
  }

  /** The test that a rule itself asks for, which stands also where it is known. */
  testProtocol(protocol: number): void {
    this.#protocol = protocol;
    writeMeta(this.#writer, metaKey.transportProtocol, register.first);
    writeCompare(this.#writer, comparison.equal, protocol);
  }
}

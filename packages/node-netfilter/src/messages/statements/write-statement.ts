import { protocols } from '../../keys/protocols.ts';
import { NodeNetfilterError } from '../../node-netfilter-error.ts';
import type { Statement } from '../../ruleset/statement.ts';
import { packetFields } from '../expressions/packet-fields.ts';
import { register } from '../expressions/register.ts';
import { comparison, writeCompare } from '../expressions/write-compare.ts';
import { connectionKey, writeConnection } from '../expressions/write-connection.ts';
import { writeCount } from '../expressions/write-count.ts';
import { writeLookup } from '../expressions/write-lookup.ts';
import { writeMask } from '../expressions/write-mask.ts';
import { metaKey, writeMeta } from '../expressions/write-meta.ts';
import { writePayload } from '../expressions/write-payload.ts';
import { rejectType, writeReject } from '../expressions/write-reject.ts';
import { verdicts, writeVerdict } from '../expressions/write-verdict.ts';
import { isLittleEndian } from '../netlink/is-little-endian.ts';
import { checkName } from '../nftables/check-name.ts';
import type { StatementContext } from './statement-context.ts';
import { writeSource } from './write-source.ts';

const tcp = 6;
const icmpv6 = 58;
const synFlag = 0x02;
/** Router solicitation, router and neighbour advertisement between them, redirect left out (RFC 4861, section 4). */
const neighbourDiscovery = { hopLimit: 255, first: 133, last: 136 } as const;
/** `NF_CT_STATE_BIT` of established and related (`linux/netfilter/nf_conntrack_common.h`). */
const establishedOrRelated = 2 | 4;
const replyDirection = 1;
/** Port unreachable: in ICMP (RFC 792), in ICMPv6 (RFC 4443), and nf_tables' own for both (`enum nft_reject_inet_code`). */
const portUnreachable = { ip: 3, ip6: 4, any: 1 } as const;

/** An integer as the kernel holds it in a register. */
const hostInteger = (value: number): number[] => (isLittleEndian ? [value, 0, 0, 0] : [0, 0, 0, value]);

function writeReply({ writer, family, tests }: StatementContext, answer: 'port-unreachable' | 'tcp-reset'): void {
  if (answer === 'tcp-reset') {
    tests.requireProtocol(tcp);
    writeReject(writer, rejectType.tcpReset, 0);
  } else if (family === 'ip' || family === 'ip6') {
    writeReject(writer, rejectType.icmp, portUnreachable[family]);
  } else {
    writeReject(writer, rejectType.anyIcmp, portUnreachable.any);
  }
}

function writeNeighbourDiscovery({ writer, tests }: StatementContext): void {
  tests.requireVersion(6);
  writePayload(writer, packetFields.ipv6HopLimit, register.first);
  writeCompare(writer, comparison.equal, neighbourDiscovery.hopLimit);
  tests.requireProtocol(icmpv6);
  writePayload(writer, packetFields.icmpType, register.first);
  writeCompare(writer, comparison.atLeast, neighbourDiscovery.first);
  writeCompare(writer, comparison.atMost, neighbourDiscovery.last);
}

/** Writes a statement as the expressions that nft makes of it. */
export function writeStatement(context: StatementContext, statement: Statement): void {
  const { writer, tests } = context;
  switch (statement.kind) {
    case 'loopback':
      // It is the first device of every network namespace.
      writeMeta(writer, metaKey.inputInterface, register.first);
      writeCompare(writer, comparison.equal, ...hostInteger(1));
      break;
    case 'source':
    case 'source-port':
      writeSource(context, statement);
      break;
    case 'destination-port':
      writePayload(writer, packetFields.destinationPort, register.first);
      writeLookup(writer, checkName('set', statement.set));
      break;
    case 'protocol':
      tests.testProtocol(protocolNumber(statement.protocol));
      break;
    case 'neighbour-discovery':
      writeNeighbourDiscovery(context);
      break;
    case 'tcp-running':
      tests.requireProtocol(tcp);
      writePayload(writer, packetFields.tcpFlags, register.first);
      writeMask(writer, Uint8Array.of(synFlag));
      writeCompare(writer, comparison.equal, 0);
      break;
    case 'established':
      writeConnection(writer, connectionKey.state);
      writeMask(writer, Uint8Array.from(hostInteger(establishedOrRelated)));
      writeCompare(writer, comparison.notEqual, 0, 0, 0, 0);
      break;
    case 'reply':
      writeConnection(writer, connectionKey.direction);
      writeCompare(writer, comparison.equal, replyDirection);
      break;
    case 'counter':
      writeCount(writer, statement.name === undefined ? undefined : checkName('counter', statement.name));
      break;
    case 'verdict':
      writeVerdict(
        writer,
        verdictCode(statement.verdict),
        'chain' in statement ? checkName('chain', statement.chain) : undefined,
      );
      break;
    case 'reject':
      writeReply(context, statement.with);
      break;
    default:
      throw new NodeNetfilterError('OPTION', `there is no statement ${String((statement as Statement).kind)}`);
  }
}

function verdictCode(name: keyof typeof verdicts): number {
  if (Object.hasOwn(verdicts, name)) return verdicts[name];
  throw new NodeNetfilterError('OPTION', `there is no verdict ${String(name)}`, { value: name });
}

function protocolNumber(name: string): number {
  const number = protocols.get(name);
  if (number !== undefined) return number;
  throw new NodeNetfilterError('OPTION', `protocol must be tcp or udp, not ${String(name)}`, { value: name });
}

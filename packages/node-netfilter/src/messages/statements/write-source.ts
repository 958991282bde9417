import { setHostBits } from '../../keys/set-host-bits.ts';
import { NodeNetfilterError } from '../../node-netfilter-error.ts';
import type { Statement } from '../../ruleset/statement.ts';
import { packetFields } from '../expressions/packet-fields.ts';
import { register, registerAt } from '../expressions/register.ts';
import { writeLookup } from '../expressions/write-lookup.ts';
import { writeMask } from '../expressions/write-mask.ts';
import { metaKey, writeMeta } from '../expressions/write-meta.ts';
import { writePayload } from '../expressions/write-payload.ts';
import { checkName } from '../nftables/check-name.ts';
import type { StatementContext } from './statement-context.ts';

/** The network that a packet comes from is in a set, alone or with the protocol and the port that it goes to. */
export function writeSource(
  { writer, tests }: StatementContext,
  { kind, family, prefix, set }: Extract<Statement, { kind: 'source' | 'source-port' }>,
): void {
  if (family !== 4 && family !== 6) {
    throw new NodeNetfilterError('OPTION', `family must be 4 or 6, not ${String(family)}`, { value: family });
  }
  const field = family === 4 ? packetFields.ipv4Source : packetFields.ipv6Source;
  const { byteLength } = field;
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > byteLength * 8) {
    throw new NodeNetfilterError('OPTION', `prefix must be an integer from 0 to ${byteLength * 8}, not ${prefix}`, {
      value: prefix,
    });
  }
  tests.requireVersion(family);
  writePayload(writer, field, register.first);
  if (prefix < byteLength * 8) {
    const mask = new Uint8Array(byteLength).fill(0xff);
    setHostBits(mask, 0, byteLength, prefix, false);
    writeMask(writer, mask);
  }
  if (kind === 'source-port') {
    writeMeta(writer, metaKey.transportProtocol, registerAt(byteLength));
    writePayload(writer, packetFields.destinationPort, registerAt(byteLength + 4));
  }
  writeLookup(writer, checkName('set', set));
}

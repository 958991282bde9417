import type { Command } from '../../ruleset/command.ts';
import { encodeBatch } from '../encode-batch.ts';
import { readMessages } from '../netlink/read-messages.ts';

const headerBytes = 16;

/** The messages that commands become, without the marks of begin and end. */
export function sentMessages(commands: readonly Command[]): Uint8Array[] {
  const { bytes } = encodeBatch(commands, { firstSeq: 1, destroyElements: true });
  const whole = [...readMessages(bytes)].map(({ payload }) =>
    bytes.subarray(payload.byteOffset - headerBytes, payload.byteOffset + payload.length),
  );
  return whole.slice(1, -1);
}

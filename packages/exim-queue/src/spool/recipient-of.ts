import type { QueueRecipient } from '../queue-entry.ts';
import { type ByteLines, isDigit } from './byte-lines.ts';

const blank = 32;
const comma = 44;
const minus = 45;
const hash = 35;
/** Bits of the number after the `#`. */
const hasErrorsTo = 1;
const hasDsn = 2;

/**
 * A recipient by its line, which is read from the right, as addresses may have blanks:
 *
 * - `ADDRESS`;
 * - `ADDRESS PARENT`, of the first Exim 4;
 * - `ADDRESS N,N,PARENT`, of Exim 3;
 * - `ADDRESS ORCPT LENGTH,FLAGS ERRORS_TO LENGTH,PARENT#BITS`, each part only where its bit is set.
 *
 * `undefined` when the line is empty, or a length exceeds it.
 */
export function recipientOf(
  lines: ByteLines,
  start: number,
  end: number,
  delivered: ReadonlySet<string>,
): QueueRecipient | undefined {
  if (end <= start) return undefined;
  const { bytes } = lines;
  let at = end - 1;
  while (at > start && isDigit(bytes[at] as number)) at -= 1;
  switch (bytes[at]) {
    case blank:
      return plain(lines.text(start, at), delivered);
    case comma: {
      const before = beforeNumbers(lines, start, at);
      return plain(lines.text(start, bytes[before] === blank ? before : end), delivered);
    }
    case hash:
      return withParts(lines, start, at, lines.integer(at + 1, end), delivered);
    default:
      return plain(lines.text(start, end), delivered);
  }
}

const plain = (address: string, delivered: ReadonlySet<string>): QueueRecipient => ({
  address,
  isDelivered: delivered.size > 0 && delivered.has(address),
});

function withParts(
  lines: ByteLines,
  start: number,
  hashAt: number,
  bits: number,
  delivered: ReadonlySet<string>,
): QueueRecipient | undefined {
  let end = hashAt;
  let errorsTo = '';
  let originalRecipient = '';
  if ((bits & hasErrorsTo) !== 0) {
    const before = beforeNumbers(lines, start, end);
    const first = before - Math.max(0, lengthAt(lines, before + 1, end));
    errorsTo = lines.text(Math.max(start, first), before);
    end = first - 1;
  }
  if ((bits & hasDsn) !== 0 && end > start) {
    const before = beforeNumbers(lines, start, end);
    const first = before - Math.max(0, lengthAt(lines, before + 1, end));
    originalRecipient = lines.text(Math.max(start, first), before);
    end = first - 1;
  }
  if (end <= start) return undefined;
  const recipient = plain(lines.text(start, end), delivered);
  if (errorsTo === '' && originalRecipient === '') return recipient;
  return {
    ...recipient,
    ...(errorsTo !== '' && { errorsTo }),
    ...(originalRecipient !== '' && { originalRecipient }),
  };
}

function lengthAt(lines: ByteLines, at: number, end: number): number {
  const length = lines.integer(at, end);
  return Number.isNaN(length) ? 0 : length;
}

/** Where the byte is that stands before numbers and their commas, which end at `end`. */
function beforeNumbers({ bytes }: ByteLines, start: number, end: number): number {
  let at = end - 1;
  while (at > start && (isDigit(bytes[at] as number) || bytes[at] === comma || bytes[at] === minus)) at -= 1;
  return at;
}

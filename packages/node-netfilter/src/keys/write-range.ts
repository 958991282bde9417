import type { KeyField } from './key-fields.ts';
import type { KeyLayout } from './key-layout.ts';
import { parseNumber } from './parse-number.ts';
import { setHostBits } from './set-host-bits.ts';
import { splitKey } from './split-key.ts';

/** Whether what stands at a place in one is not above what stands there in the other. */
function isOrdered(first: Uint8Array, last: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) {
    const difference = (last[i] as number) - (first[i] as number);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function writeField(
  text: string,
  from: number,
  to: number,
  field: KeyField,
  first: Uint8Array,
  last: Uint8Array,
  at: number,
): boolean {
  const { byteLength } = field;
  const dash = text.indexOf('-', from);
  if (dash >= 0 && dash < to) {
    return (
      (field.parse(text, from, dash, first, at) &&
        field.parse(text, dash + 1, to, last, at) &&
        isOrdered(first, last, at, byteLength)) ||
      writeSingle(text, from, to, field, first, last, at)
    );
  }
  const slash = text.indexOf('/', from);
  if (slash < 0 || slash >= to) return writeSingle(text, from, to, field, first, last, at);
  const prefix = parseNumber(text, slash + 1, to, byteLength * 8);
  if (!field.hasPrefixes || prefix < 0 || !writeSingle(text, from, slash, field, first, last, at)) return false;
  setHostBits(first, at, byteLength, prefix, false);
  setHostBits(last, at, byteLength, prefix, true);
  return true;
}

/** A range of one: also names with a dash, such as `ipv6-icmp`, come here. */
function writeSingle(
  text: string,
  from: number,
  to: number,
  field: KeyField,
  first: Uint8Array,
  last: Uint8Array,
  at: number,
): boolean {
  if (!field.parse(text, from, to, first, at)) return false;
  last.set(first.subarray(at, at + field.byteLength), at);
  return true;
}

/**
 * Writes the first and the last key of a range: `10.0.0.0/8` (host bits are cleared), `10.0.0.1-10.0.0.9`, a single key,
 * and concatenations of such. What pads the parts has to be zero before.
 *
 * @returns whether the text is a range of this layout
 */
export function writeRange(text: string, layout: KeyLayout, first: Uint8Array, last: Uint8Array): boolean {
  const { fields, offsets } = layout;
  const parts = fields.length === 1 ? [[0, text.length] as [number, number]] : splitKey(text, fields.length);
  return (
    parts.length === fields.length &&
    parts.every(([from, to], i) => writeField(text, from, to, fields[i] as KeyField, first, last, offsets[i] as number))
  );
}

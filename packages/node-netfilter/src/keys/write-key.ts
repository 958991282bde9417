import type { KeyLayout } from './key-layout.ts';
import { splitKey } from './split-key.ts';

/**
 * Writes the bytes of a key that is no range. What pads the parts of a concatenation has to be zero before.
 *
 * @returns whether the text is such a key
 */
export function writeKey(text: string, layout: KeyLayout, bytes: Uint8Array, at: number): boolean {
  const { fields, offsets } = layout;
  const [first] = fields;
  if (first !== undefined && fields.length === 1) return first.parse(text, 0, text.length, bytes, at);
  const parts = splitKey(text, fields.length);
  return (
    parts.length === fields.length &&
    parts.every(([from, to], i) => fields[i]?.parse(text, from, to, bytes, at + (offsets[i] as number)))
  );
}

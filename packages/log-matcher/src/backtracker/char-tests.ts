import { type CharSet, charSetHas } from '../chars/char-set.ts';

/** A set made quick to ask: a table for ASCII, the set itself for the rest. */
export interface CharTest {
  readonly ascii: Uint8Array;
  readonly set: CharSet;
}

export function charTestOf(set: CharSet): CharTest {
  return { ascii: Uint8Array.from({ length: 128 }, (_, code) => (charSetHas(set, code) ? 1 : 0)), set };
}

/**
 * Length in UTF-16 units of the character at `position` if the set accepts it, else 0.
 */
export function acceptedLength({ ascii, set }: CharTest, subject: string, position: number): 0 | 1 | 2 {
  const unit = subject.charCodeAt(position);
  if (unit < 128) return ascii[unit] as 0 | 1;
  const code = subject.codePointAt(position);
  if (code === undefined || !charSetHas(set, code)) return 0;
  return code > 0xffff ? 2 : 1;
}

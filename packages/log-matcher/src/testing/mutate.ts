import fc from 'fast-check';

/** What is put into a line: bytes of all kinds but a line feed. */
const pieces = ['\0', '\r', '\t', ' ', '9', ':', 'é', '😀', '\ufeff', '"', ']'].map((text) => [
  ...new TextEncoder().encode(text),
]);
const broken = [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80]];
const inserted = [...pieces, ...broken];

export interface Change {
  readonly kind: 'delete' | 'repeat' | 'swap' | 'insert';
  /** Picks the place. */
  readonly at: number;
  readonly length: number;
  readonly pick: number;
}

/** Some changes of a line. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record<Change>({
    kind: fc.constantFrom('delete', 'repeat', 'swap', 'insert'),
    at: fc.nat(),
    length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })),
    pick: fc.nat(),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The bytes of a line with some changes made. */
export function changed(line: string, todo: readonly Change[]): Uint8Array {
  const bytes = [...new TextEncoder().encode(line)];
  for (const { kind, at, length, pick } of todo) {
    const place = at % (bytes.length + 1);
    const part = bytes.slice(place, place + length);
    if (kind === 'delete') bytes.splice(place, length);
    else if (kind === 'repeat') bytes.splice(place, 0, ...part);
    else if (kind === 'swap')
      bytes.splice(place, 2 * length, ...bytes.slice(place + length, place + 2 * length), ...part);
    else bytes.splice(place, 0, ...(inserted[pick % inserted.length] as number[]));
  }
  return Uint8Array.from(bytes);
}

import fc from 'fast-check';
import { byteOffsets } from './byte-offsets.ts';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        [0x61],
        [0xc3, 0xa4],
        [0xe2, 0x82, 0xac],
        [0xf0, 0x9f, 0x98, 0x80],
        [0xe2, 0x82],
        [0xf0, 0x9f, 0x98],
        [0xc3],
        [0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
        [0xef, 0xbf, 0xbd],
        [0xe0, 0x80],
      ),
      { maxLength: 12 },
    )
    .map((parts) => Uint8Array.from(parts.flat())),
);

test('each unit of the text begins at the byte up to which the bytes decode to the text before it', () => {
  fc.assert(
    fc.property(bytes, (line) => {
      const text = Buffer.from(line).toString();
      const at = byteOffsets(line, text);
      for (let unit = 0; unit <= text.length; unit += 1) {
        // The middle of a pair is no place between two characters.
        if (/[\ud800-\udbff]/.test(text[unit - 1] ?? '')) continue;
        expect(Buffer.from(line.subarray(0, at(unit))).toString()).toBe(text.slice(0, unit));
        expect(Buffer.from(line.subarray(at(unit))).toString()).toBe(text.slice(unit));
      }
    }),
    { numRuns: 1000 },
  );
});

import fc from 'fast-check';
import { countBreaks, eachLineEnd, lastBreak } from './line-breaks.ts';

const LF = 10;

function lineEnds(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  eachLineEnd(bytes, (offset) => ends.push(offset));
  return ends;
}

function plainLineEnds(bytes: Uint8Array): number[] {
  return [...bytes.keys()].filter((offset) => bytes[offset] === LF);
}

/** Bytes in which every value is as likely as LF's neighbours, so that a kernel that masks bits wrongly is found. */
const manyBreaks = fc.uint8Array({ maxLength: 400 }).map((bytes) => bytes.map((byte) => (byte < 64 ? LF : byte)));

describe('line breaks', () => {
  test('agree with a plain loop', () => {
    fc.assert(
      fc.property(manyBreaks, (bytes) => {
        const ends = plainLineEnds(bytes);
        expect(lineEnds(bytes)).toEqual(ends);
        expect(countBreaks(bytes)).toBe(ends.length);
        expect(lastBreak(bytes)).toBe(ends.at(-1) ?? -1);
      }),
    );
  });

  test.each([0, 1, 15, 16, 17, 4095, 4096, 4097, 65535, 65536, 65537, 200_000])(
    'are found at every edge of %d bytes',
    (size) => {
      const bytes = new Uint8Array(size).fill(0x8a);
      expect([lineEnds(bytes), countBreaks(bytes), lastBreak(bytes)]).toEqual([[], 0, -1]);
      for (const at of [0, 15, 16, size - 65537, size - 4097, size - 17, size - 16, size - 1]) {
        if (at < 0 || at >= size) continue;
        bytes.fill(0x8a);
        bytes[at] = LF;
        expect([lineEnds(bytes), countBreaks(bytes), lastBreak(bytes)]).toEqual([[at], 1, at]);
      }
    },
  );

  test('are found in a view that begins inside its buffer', () => {
    const bytes = new TextEncoder().encode('\n\na\nb\n').subarray(2);
    expect([lineEnds(bytes), countBreaks(bytes), lastBreak(bytes)]).toEqual([[1, 3], 2, 3]);
  });

  test('a visitor may look for line breaks itself', () => {
    const bytes = new TextEncoder().encode('a\nb\nc\n');
    const seen: number[] = [];
    eachLineEnd(bytes, (offset) => {
      seen.push(offset);
      expect(countBreaks(new Uint8Array(70_000).fill(LF))).toBe(70_000);
      expect(lineEnds(new TextEncoder().encode('\n\n\n'))).toEqual([0, 1, 2]);
    });
    expect(seen).toEqual([1, 3, 5]);
  });

  test('bytes 0, 9, 11, 0x8a and 0xff are no breaks', () => {
    expect(countBreaks(Uint8Array.of(0, 9, 11, 13, 0x8a, 0xff))).toBe(0);
  });
});

import fc from 'fast-check';
import { latin1Decoder, portableLatin1Decoder, portableUtf8Decoder, utf8Decoder } from './decode.ts';

/** Bytes in which valid, broken, overlong, surrogate and cut sequences are common. */
const piece = fc.oneof(
  fc.constantFrom<readonly number[]>(
    [0x41],
    [0],
    [0xc3, 0xa9],
    [0xef, 0xbb, 0xbf],
    [0xf0, 0x9f, 0x98, 0x80],
    [0xf0, 0x9f, 0x98],
    [0xe2, 0x82],
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf8, 0x88, 0x80],
    [0xff],
    [0x80],
  ),
  fc.array(fc.nat(255), { maxLength: 3 }),
);
const input = fc.array(piece, { maxLength: 30 }).map((pieces) => Uint8Array.from(pieces.flat()));
const cutInput = input.chain((bytes) =>
  fc.tuple(fc.constant(bytes), fc.nat(bytes.length), fc.nat(bytes.length)).map(([all, a, b]) => ({
    bytes: all,
    start: Math.min(a, b),
    end: Math.max(a, b),
  })),
);

describe('utf8Decoder', () => {
  test('gives the same text with and without Buffer, for any part of any bytes', () => {
    fc.assert(
      fc.property(cutInput, ({ bytes, start, end }) => {
        expect(utf8Decoder(bytes)(start, end)).toBe(portableUtf8Decoder(bytes)(start, end));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([utf8Decoder, portableUtf8Decoder])('%p keeps a byte order mark', (decoder) => {
    expect(decoder(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))(0, 4)).toBe('\ufeffa');
  });

  test.each([utf8Decoder, portableUtf8Decoder])('%p replaces each maximal part of an invalid sequence', (decoder) => {
    expect(decoder(Uint8Array.of(0xf0, 0x9f, 0x98, 0x61, 0xc0, 0x80, 0xe2, 0x82))(0, 8)).toBe(
      '\ufffda\ufffd\ufffd\ufffd',
    );
  });

  test.each([utf8Decoder, portableUtf8Decoder])('%p decodes parts of shared memory and of a view', (decoder) => {
    const shared = new Uint8Array(new SharedArrayBuffer(8), 2, 4);
    shared.set([0x61, 0xc3, 0xa9, 0x62]);
    expect(decoder(shared)(1, 4)).toBe('éb');
  });
});

describe('latin1Decoder', () => {
  test('gives one character for each byte, with and without Buffer', () => {
    const bytes = Uint8Array.from({ length: 40_000 }, (_, at) => at % 256);
    const text = latin1Decoder(bytes)(1, 39_999);
    expect(Array.from(text, (char) => char.charCodeAt(0))).toEqual([...bytes.subarray(1, 39_999)]);
    expect(portableLatin1Decoder(bytes)(1, 39_999)).toBe(text);
    expect(portableLatin1Decoder(bytes)(7, 7)).toBe('');
  });
});

import fc from 'fast-check';
import { type LineSearch, noTotals } from '../search/line-search.ts';
import { LineFeed } from './line-feed.ts';

const maxLineBytes = 1024;

/** Collects lines, and spoils the memory that they were read into. */
class Lines implements LineSearch {
  readonly totals = noTotals(0);
  readonly found: string[] = [];
  #memory = new Uint8Array(0);

  memory(bytes: number): Uint8Array {
    this.#memory.fill(0x21);
    this.#memory = Buffer.alloc(bytes, 0x21);
    return this.#memory;
  }

  begin(): void {}

  lines(bytes: Uint8Array, offset: number, ending: string): boolean {
    const text = Buffer.from(bytes).toString('latin1');
    let at = offset;
    for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      this.found.push(`${at} ${ending === 'cut' ? 'cut ' : ''}${line}`);
      at += line.length;
    }
    this.#memory.fill(0x21);
    return true;
  }

  end(): void {}
}

/** The lines of a text, as they must come. */
function wanted(text: string): string[] {
  let at = 0;
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    const offset = at;
    at += line.length;
    const isLong = line.replace('\n', '').length > maxLineBytes;
    return isLong ? `${offset} cut ${line.slice(0, maxLineBytes)}` : `${offset} ${line}`;
  });
}

const piece = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    '\n',
    '\r\n',
    '\n\n',
    'x'.repeat(1023),
    'y'.repeat(1024),
    'z'.repeat(1025),
    'w'.repeat(5000),
  ),
  fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 40 }),
);

test('gives every line once with its offset, however it is read, and cuts exactly those that are too long', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 10 }),
      (pieces, steps, headLength) => {
        const input = Buffer.from(pieces.join(''));
        const search = new Lines();
        const feed = new LineFeed(search, maxLineBytes);
        feed.prepend(new Uint8Array(input.subarray(0, headLength)));
        let at = Math.min(headLength, input.length);
        let step = 0;
        const fill = (into: Uint8Array, start: number, length: number): number => {
          const size = Math.min(steps[step++ % steps.length] as number, length, input.length - at);
          into.set(input.subarray(at, at + size), start);
          at += size;
          return size;
        };
        while (feed.read(fill));
        feed.end();
        expect(search.found).toEqual(wanted(input.toString()));
        expect(feed.cutLines).toBe(search.found.filter((line) => line.includes(' cut ')).length);
      },
    ),
    { numRuns: 500 },
  );
});

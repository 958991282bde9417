import type { Range, Ranges } from './ranges.ts';

/** Code points per piece of text: few enough to be arguments of one call. */
const pieceSize = 0x800;
const surrogates: Range = [0xd800, 0xdfff];

function textOf(from: number, to: number): string {
  const pieces: string[] = [];
  for (let start = from; start <= to; start += pieceSize) {
    pieces.push(String.fromCodePoint(...Array.from({ length: pieceSize }, (_, index) => start + index)));
  }
  return pieces.join('');
}

/** Appends the runs of characters of `text` that match, `codeAt` telling the code point at an index. */
function collect(found: [number, number][], run: RegExp, text: string, codeAt: (index: number) => number): void {
  for (const { 0: chars, index } of text.matchAll(run)) {
    const from = codeAt(index);
    const last = found.at(-1);
    const to = codeAt(index + chars.length) - 1;
    if (last !== undefined && last[1] === from - 1) last[1] = to;
    else found.push([from, to]);
  }
}

const known = new Map<string, Ranges | undefined>();
/** Properties that are remembered. */
const maxKnown = 100;

function scan(property: string): Ranges | undefined {
  let run: RegExp;
  let one: RegExp;
  try {
    run = new RegExp(`\\p{${property}}+`, 'gu');
    one = new RegExp(`^\\p{${property}}`, 'u');
  } catch {
    return undefined;
  }
  const found: [number, number][] = [];
  const [low, high] = surrogates;
  collect(found, run, textOf(0, low - 1), (index) => index);
  // In a text two of them would be read as one character.
  for (let code = low; code <= high; code++) {
    if (one.test(String.fromCharCode(code))) collect(found, /./g, ' ', (index) => code + index);
  }
  collect(found, run, textOf(high + 1, 0xffff), (index) => high + 1 + index);
  collect(found, run, textOf(0x10000, 0x10ffff), (index) => 0x10000 + index / 2);
  return found;
}

/**
 * Characters that have a Unicode property, by the running V8's data.
 *
 * @param property what stands in `\p{…}`: `L`, `Script=Greek`, …
 * @returns undefined when there is no such property
 */
export function propertyRanges(property: string): Ranges | undefined {
  if (!/^[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?$/.test(property)) return undefined;
  if (!known.has(property)) {
    if (known.size >= maxKnown) known.clear();
    known.set(property, scan(property));
  }
  return known.get(property);
}

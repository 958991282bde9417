import { browsers, endings, lineShapes, words } from './model-lines.ts';

/** Enough for the words to stand in most places; little enough to be counted in a millisecond. */
const modelBytes = 32_768;

/** A small generator of pseudo-random numbers (xorshift), so that every plan is the same in every process. */
class Draw {
  #state = 0x2545f491;

  below(limit: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % limit;
  }

  from<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

const draw = new Draw();
const wordList = words.trim().split(/\s+/);
const browserList = browsers.trim().split('\n');
const hexDigits = '0123456789abcdef';

function path(): string {
  let text = '';
  for (let depth = 1 + draw.below(3); depth > 0; depth--) text += `/${draw.from(wordList)}`;
  if (draw.below(4) === 0) text += `${draw.from(['-', '_', '.'])}${draw.from(wordList)}`;
  if (draw.below(6) === 0) text += String(draw.below(1000));
  const ending = draw.from(endings);
  return ending === '-' ? text : text + ending;
}

const fillers: Readonly<Record<string, () => string>> = {
  '°': () => String(draw.below(10)),
  '¬': () => hexDigits.charAt(draw.below(16)),
  '·': () => draw.from(wordList),
  '§': () => `${1 + draw.below(223)}.${draw.below(256)}.${draw.below(256)}.${1 + draw.below(254)}`,
  '¦': path,
  '¶': () => fill(draw.from(browserList)),
};

const fill = (shape: string): string => shape.replace(/[°¬·§¦¶]/g, (open) => (fillers[open] as () => string)());

function generate(): Uint8Array {
  const shapes = lineShapes
    .trim()
    .split('\n')
    .flatMap((line) => Array.from({ length: Number(line.charAt(0)) }, () => line.slice(2)));
  let text = '';
  while (text.length < modelBytes) text += `${fill(draw.from(shapes))}\n`;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

let log: Uint8Array | undefined;

/** A log as logs are, for when there is no sample of the one that will be searched. The same bytes each time. */
export function modelLog(): Uint8Array {
  log ??= generate();
  return log;
}

import type { PatternReader } from './pattern-reader.ts';

/** Fewest and most times. */
export interface Count {
  readonly min: number;
  readonly max: number;
}

const many = Number.POSITIVE_INFINITY;

/** Python's MAXREPEAT. */
const countLimit = 0xffffffff;

const fixed: Readonly<Record<string, Count>> = {
  '?': { min: 0, max: 1 },
  '*': { min: 0, max: many },
  '+': { min: 1, max: many },
};

function braces(reader: PatternReader): Count | undefined {
  if (reader.next === '}') return undefined;
  const start = reader.at;
  const low = reader.takeDigits();
  const high = reader.takeIf(',') ? reader.takeDigits() : low;
  if (!reader.takeIf('}')) {
    reader.seek(start);
    return undefined;
  }
  const min = low === '' ? 0 : Number(low);
  const max = high === '' ? many : Number(high);
  if (min >= countLimit || (max !== many && max >= countLimit)) {
    reader.fail('the repetition number is too large', 'leave the upper bound out: {n,}', start);
  }
  if (max < min) reader.fail('a repetition with its minimum above its maximum', 'write the lower number first', start);
  return { min, max };
}

/** Reads a quantifier whose first token is taken; undefined when it is a `{` that stands for itself. */
export function parseCount(reader: PatternReader, token: string): Count | undefined {
  return token === '{' ? braces(reader) : fixed[token];
}

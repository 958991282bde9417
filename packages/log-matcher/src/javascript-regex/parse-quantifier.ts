import type { Count } from '../python-regex/parse-count.ts';
import type { PatternReader } from '../python-regex/pattern-reader.ts';

/** V8 takes this and all above it for any number. */
const many = 0x7fffffff;

const countOf = (digits: string): number => {
  const count = Number(digits);
  return count >= many ? Number.POSITIVE_INFINITY : count;
};

/** Reads `{n}`, `{n,}` or `{n,m}`; undefined, and nothing taken, when the brace stands for itself. */
function parseBraces(reader: PatternReader): Count | undefined {
  const start = reader.at;
  reader.take();
  const low = reader.takeDigits();
  const high = low !== '' && reader.takeIf(',') ? reader.takeDigits() : undefined;
  if (low === '' || !reader.takeIf('}')) {
    reader.seek(start);
    return undefined;
  }
  const min = countOf(low);
  const max = high === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : countOf(high);
  if (max < min) reader.fail('a repetition with its minimum above its maximum', 'write the lower number first', start);
  return { min: Math.min(min, many), max };
}

/** Takes a quantifier if one comes, without the `?` that makes it lazy. */
export function parseQuantifier(reader: PatternReader): Count | undefined {
  switch (reader.next) {
    case '*':
      reader.take();
      return { min: 0, max: Number.POSITIVE_INFINITY };
    case '+':
      reader.take();
      return { min: 1, max: Number.POSITIVE_INFINITY };
    case '?':
      reader.take();
      return { min: 0, max: 1 };
    case '{':
      return parseBraces(reader);
    default:
      return undefined;
  }
}

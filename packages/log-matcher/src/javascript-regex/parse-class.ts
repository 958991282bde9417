import type { CharSet } from '../chars/char-set.ts';
import type { Range } from '../chars/ranges.ts';
import type { PatternReader } from '../python-regex/pattern-reader.ts';
import { setOfRanges } from './class-ranges.ts';
import { type Escaped, parseEscape } from './escapes.ts';

const backspace = 8;

/** Reads the rest of `[…]` behind its bracket. `[]` has no members. */
export function parseClass(reader: PatternReader, ignoreCase: boolean): CharSet {
  const start = reader.at - 1;
  const member = (): Escaped => {
    const token = reader.take();
    if (token === '') {
      reader.fail('unterminated character class', 'close it with "]", or write \\[ for a bracket', start);
    }
    if (token === '\\b') return { code: backspace };
    if (token.length > 1 && token.startsWith('\\')) return parseEscape(reader, token, ignoreCase);
    return { code: token.codePointAt(0) as number };
  };
  const negated = reader.takeIf('^');
  const ranges: Range[] = [];
  const add = (item: Escaped): void => {
    if ('code' in item) ranges.push([item.code, item.code]);
    else for (const range of item.ranges) ranges.push(range);
  };
  while (!reader.takeIf(']')) {
    const at = reader.at;
    const low = member();
    if (!reader.takeIf('-')) {
      add(low);
      continue;
    }
    if (reader.next === ']') {
      add(low);
      add({ code: 0x2d });
      continue;
    }
    const high = member();
    if (!('code' in low && 'code' in high)) {
      reader.fail(`bad character range ${reader.source.slice(at, reader.at)}`, 'write \\- for a hyphen', at);
    }
    if (high.code < low.code) {
      const range = reader.source.slice(at, reader.at);
      reader.fail(`bad character range ${range}`, 'write the lower character first', at);
    }
    ranges.push([low.code, high.code]);
  }
  return setOfRanges(ranges, negated, ignoreCase);
}

import type { CharSet } from '../chars/char-set.ts';
import { parseSetEscape } from './escapes.ts';
import type { Flags } from './flags.ts';
import type { PatternReader } from './pattern-reader.ts';
import { charSetOf, type SetItem } from './set-items.ts';

/** Reads the rest of `[…]` behind its bracket. A `]` that comes first is a member. */
export function parseSet(reader: PatternReader, flags: Flags): CharSet {
  const start = reader.at - 1;
  const token = (): string => {
    if (reader.next === '') {
      reader.fail('unterminated character set', 'close it with "]", or write \\[ for a bracket', start);
    }
    return reader.take();
  };
  const item = (text: string): SetItem =>
    text.length > 1 && text.startsWith('\\')
      ? parseSetEscape(reader, text)
      : { kind: 'range', from: text.codePointAt(0) as number, to: text.codePointAt(0) as number };

  const negated = reader.takeIf('^');
  const items: SetItem[] = [];
  for (;;) {
    const at = reader.at;
    const text = token();
    if (text === ']' && items.length > 0) break;
    const low = item(text);
    if (!reader.takeIf('-')) {
      items.push(low);
      continue;
    }
    const last = token();
    if (last === ']') {
      items.push(low, { kind: 'range', from: 0x2d, to: 0x2d });
      break;
    }
    const high = item(last);
    if (low.kind !== 'range' || high.kind !== 'range') {
      reader.fail(`bad character range ${text}-${last}`, 'write \\- for a hyphen', at);
    }
    if (high.from < low.from) {
      reader.fail(`bad character range ${text}-${last}`, 'write the lower character first', at);
    }
    items.push({ kind: 'range', from: low.from, to: high.from });
  }
  return charSetOf(items, negated, flags);
}

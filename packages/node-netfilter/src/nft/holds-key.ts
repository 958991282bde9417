import { parseKey } from '../keys/parse-key.ts';
import type { SetRef } from '../ruleset/set.ts';

/** Whether a range holds another, or a single key, whole. */
export function holdsKey(range: string, key: string, { key: types }: SetRef): boolean {
  const outer = parseKey(range, types, true);
  const inner = parseKey(key, types, true);
  const from = Buffer.compare(outer.bytes, inner.bytes);
  const to = Buffer.compare(outer.lastBytes ?? outer.bytes, inner.lastBytes ?? inner.bytes);
  return from <= 0 && to >= 0;
}

import { isUtf8 } from 'node:buffer';
import type { CompiledPatternInfo, LineMatch } from '@sluice/log-matcher';
import { byteOffsets } from './byte-offsets.ts';
import { groupKeys } from './group-keys.ts';
import type { MatchRecord } from './record.ts';

type SpanBytes = readonly [start: number, end: number];

/**
 * Matches as JSON objects:
 *
 * - `path`, `offset` (of the line, in bytes), `lineNumber` (if asked for), `pattern` (index), `line` (text);
 * - `base64`: the line's bytes, only where they are not UTF-8 and `line` so cannot tell them;
 * - `groups`: text by name, or by number where a group has no name; groups that took no part are absent;
 * - `span`, `spans`: where the match and each group begin and end, in bytes of the line.
 */
export function jsonRecord(patterns: readonly CompiledPatternInfo[], lineNumbers: boolean): MatchRecord {
  const keysOf = patterns.map(groupKeys);
  return (place, match) => {
    const { line, pattern } = match;
    const bytes = line.bytes();
    const at = byteOffsets(bytes, line.text);
    return JSON.stringify({
      path: place.path,
      offset: place.offset + line.offset,
      ...(lineNumbers && { lineNumber: place.numberAt(line.offset) }),
      pattern,
      line: line.text,
      ...(!isUtf8(bytes) && { base64: Buffer.from(bytes).toString('base64') }),
      ...groupsOf(match, keysOf[pattern] ?? [], at),
    });
  };
}

function groupsOf(match: LineMatch, keys: ReturnType<typeof groupKeys>, at: (unit: number) => number): object {
  const groups: Record<string, string> = Object.create(null);
  const spans: Record<string, SpanBytes> = Object.create(null);
  for (const { key, group } of keys) {
    const text = match.text(group);
    if (text === undefined) continue;
    groups[key] = text;
    spans[key] = [at(match.start(group)), at(match.end(group))];
  }
  return { groups, span: [at(match.start()), at(match.end())], spans };
}

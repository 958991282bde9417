import type { CompiledPatternInfo, LineMatch } from '@sluice/log-matcher';
import type { Place } from '../search/printer.ts';
import { groupKeys } from './group-keys.ts';
import { parseTemplate } from './parse-template.ts';
import type { MatchRecord } from './record.ts';

type Field = (place: Place, match: LineMatch) => string;

/** Fields that every match has. A group of the same name is reached by its number. */
const common: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['path', ({ path }) => path],
  ['offset', ({ offset }, { line }) => String(offset + line.offset)],
  ['number', (place, { line }) => String(place.numberAt(line.offset))],
  ['pattern', (_, { pattern }) => String(pattern)],
  ['line', (_, { line }) => line.text],
  ['match', (_, match) => match.text() ?? ''],
]);

/** A group's text; empty where the pattern that matched has no such group, or it took no part. */
function groupField(name: string, patterns: readonly CompiledPatternInfo[]): Field {
  const groups = patterns.map(({ groupCount, groupNames }) => {
    if (groupNames.has(name)) return name;
    return /^\d+$/.test(name) && Number(name) <= groupCount ? Number(name) : undefined;
  });
  return (_, match) => {
    const group = groups[match.pattern];
    return (group === undefined ? undefined : match.text(group)) ?? '';
  };
}

/**
 * Matches by a template.
 *
 * @throws LogmatchError `ERR_LOGMATCH_USAGE` for a field that no pattern has
 */
export function templateRecord(template: string, patterns: readonly CompiledPatternInfo[]): MatchRecord {
  const numbers = patterns.flatMap(({ groupCount }) =>
    Array.from({ length: groupCount }, (_, index) => `${index + 1}`),
  );
  const names = patterns.flatMap((pattern) => groupKeys(pattern).map(({ key }) => key));
  const known = [...new Set([...common.keys(), ...names, ...numbers])];
  const fields = parseTemplate(template, known).map(
    (part): Field => ('text' in part ? () => part.text : (common.get(part.field) ?? groupField(part.field, patterns))),
  );
  return (place, match) => fields.map((field) => field(place, match)).join('');
}

/** Whether a template asks for the numbers of lines. */
export const asksForNumbers = (template: string | undefined): boolean => template?.includes('{number}') ?? false;

import path from 'node:path';
import type { CalendarFileResult } from '@sluice/ical-sink/batches';
import type { CalendarJob } from '../job/calendar-job.ts';
import type { Reading } from '../sources/reading.ts';

const maxNamed = 3;

/** At most three names. */
function listText(names: readonly string[]): string {
  const named = names.slice(0, maxNamed).join(', ');
  return names.length > maxNamed ? `${named} and ${names.length - maxNamed} more` : named;
}

/** `12 added, 1 replaced, 3 kept`: what happened to the events. */
export function changesText({ added, replaced, removed, kept }: CalendarFileResult): string {
  const counts: readonly [number, string, boolean][] = [
    [added, 'added', true],
    [replaced, 'replaced', false],
    [removed, 'removed', false],
    [kept, 'kept', true],
  ];
  return counts
    .filter(([count, , isAlways]) => isAlways || count > 0)
    .map(([count, what]) => `${count.toLocaleString('en')} ${what}`)
    .join(', ');
}

/** Files that were written, by name; the one that would have been when none was. */
export function filesText({ files }: CalendarFileResult, output: string): string {
  const changed = files.filter((file) => file.changed).map((file) => path.basename(file.path));
  return changed.length === 0 ? `${path.basename(output)} unchanged` : listText(changed);
}

/** `12 of 40 commits by me`. */
export function foundText({ found, readText }: Reading, { sources }: CalendarJob): string {
  const authors = [...new Set(sources.flatMap(({ author = [] }) => author))];
  return `${found.toLocaleString('en')} of ${readText}${authors.length === 0 ? '' : ` by ${listText(authors)}`}`;
}

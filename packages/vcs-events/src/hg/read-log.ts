import type { Commit } from '../commit.ts';
import type { LogQuery } from '../log-query.ts';
import { defaultMaxCommitBytes } from '../max-commit-bytes.ts';
import { metricNames } from '../metrics.ts';
import { changesetFields, changesetOf } from './changeset.ts';
import { commitOf } from './commit-of.ts';
import { damagedTexts } from './damaged-texts.ts';
import type { HgOptions } from './options.ts';
import { readRecords } from './read-records.ts';
import type { Revisions } from './revisions.ts';

/** The changesets, in the order of their numbers or the other way round, as the options ask for. */
export async function* readLog(
  { directory, repository, options, reports, progress }: LogQuery<HgOptions>,
  { expression, args }: Revisions,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  const request = {
    revisions: { expression: `sort(${expression}, ${options.order === 'newest-first' ? '-rev' : 'rev'})`, args },
    hidden: true,
    fields: changesetFields(options.files === true || options.paths !== undefined),
    check: changesetOf,
    maxLineBytes: options.maxCommitBytes ?? defaultMaxCommitBytes,
    onBytes: (bytes: number) => options.metrics?.add(metricNames.bytes, bytes),
  };
  for await (const changesets of readRecords(directory, request, signal)) {
    const damaged = await damagedTexts(directory, changesets, signal);
    progress.read(changesets.length);
    yield changesets.map((each) => commitOf(each, damaged.has(each.node), repository, reports));
  }
}

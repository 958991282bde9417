import path from 'node:path';
import { fromBatches } from '@sluice/pipeline/rx';
import type { Observable } from 'rxjs';
import type { Commit } from './commit.ts';
import { marksOf } from './hg/marks.ts';
import type { HgOptions } from './hg/options.ts';
import { readRepository } from './hg/read-repository.ts';
import { badOption, textOption } from './option-check.ts';
import { closable } from './process/closable.ts';
import { checkReadOptions } from './read-options-check.ts';

/**
 * The changesets of a Mercurial repository of this machine, in batches as they are read; Mercurial waits while the
 * consumer is busy.
 *
 * 1. `repository` is a folder: a working directory or any folder in it.
 * 2. Nothing that the repository's `.hg/hgrc` names is run, and no lock is taken or waited for. The configuration of the
 *    user is used.
 * 3. Each changeset comes once, in the order in which they came to this repository, or the other way round; hidden ones
 *    do not. One whose date or text cannot be read comes with what can be, and is reported to `rejects`.
 * 4. With `follow` the iteration goes on with what is added, and ends on an abort only. After a strip (as of an amend or
 *    a rebase) of up to 32 changesets nothing comes twice; after a longer one, some may.
 * 5. Each iterator runs a Mercurial of its own; `return()` and an abort end it.
 *
 * @throws {VcsEventsError} at the call for an option, `ERR_VCS_EVENTS_OPTION`; while iterating when the repository or hg
 *   is missing, when hg fails or is killed, and when its output is not whole: see {@link VcsEventsErrorCode}
 */
export function hgBatches(repository: string, options: HgOptions = {}): AsyncIterable<readonly Commit[]> {
  const folder = checkHgOptions(repository, options);
  return closable((signal) => readRepository(folder, options, signal), options.signal);
}

/**
 * The same commit by commit, as a cold Observable: each subscription runs a Mercurial of its own.
 *
 * A consumer that works asynchronously and cannot keep up takes {@link hgBatches}.
 *
 * ```ts
 * hgCommits('.', { authors: ['*@example.org'] }).subscribe(({ id, branch, message }) => console.log(id, branch, message));
 * ```
 */
export function hgCommits(repository: string, options: HgOptions = {}): Observable<Commit> {
  checkHgOptions(repository, options);
  return fromBatches((signal) => hgBatches(repository, { ...options, signal }), options.signal);
}

function checkHgOptions(repository: string, options: HgOptions): string {
  textOption('repository', repository);
  checkReadOptions(options, 'hg');
  marksOf(options.cursor);
  if (/^[a-z][\w+.-]*:\/\//i.test(repository)) throw badOption('repository', 'a folder: clone it first', repository);
  return path.resolve(repository);
}

import { closable } from '@sluice/pipeline/node';
import type { Commit } from '../commit.ts';
import { checkHgOptions } from './check-options.ts';
import type { HgOptions } from './options.ts';
import { readRepository } from './read-repository.ts';

/**
 * The changesets of a Mercurial repository of this machine, in batches as they are read; Mercurial waits while the
 * consumer is busy.
 *
 * 1. `repository` is a folder: a working directory or any folder in it. Addresses are not read: `hg clone -U` first.
 * 2. Nothing that the repository's `.hg/hgrc` names is run, and no lock is taken or waited for. The configuration of the
 *    user is used.
 * 3. Each changeset comes once, in the order in which they came to this repository, or the other way round; secret ones
 *    too, hidden ones not. One whose date or text cannot be read comes with what can be, and is reported to `rejects`.
 * 4. The cursor holds also some changesets before the heads. When heads have been stripped since, as an amend or a rebase
 *    does, what these reach does not come again, and nothing new is left out.
 * 5. With `follow` the iteration goes on with what is added, and ends on an abort only. The last 10,000 changesets are
 *    remembered: one of them that was stripped and has come back is not new.
 * 6. Each iterator runs a Mercurial of its own; `return()` and an abort end it.
 *
 * @throws {VcsEventsError} at the call for an option, `ERR_VCS_EVENTS_OPTION`; while iterating when the repository or hg
 *   is missing, when hg fails or is killed, and when its output is not whole: see {@link VcsEventsErrorCode}
 */
export function hgBatches(repository: string, options: HgOptions = {}): AsyncIterable<readonly Commit[]> {
  const folder = checkHgOptions(repository, options);
  return closable((signal) => readRepository(folder, options, signal), options.signal);
}

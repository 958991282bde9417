import { closable } from '@sluice/pipeline/node';
import type { Commit } from '../commit.ts';
import { checkGitOptions } from './check-options.ts';
import type { GitOptions } from './options.ts';
import { readRepository } from './read-repository.ts';

/**
 * The commits of a Git repository, in batches as they are read; Git waits while the consumer is busy.
 *
 * 1. `repository` is a folder: a work tree or any folder in it, or a bare repository. Or an address (`https://`,
 *    `ssh://`, `git://`, `file://`, `host:path`): then its commits, without files, are kept in `cacheDirectory`.
 * 2. No program that the repository's configuration names is run, no lock is taken in it, and a local one uses no network.
 * 3. Each commit comes once, oldest first or newest first. One whose date or text cannot be read comes with what can be,
 *    and is reported to `rejects`.
 * 4. With `follow` the iteration goes on with what is added to the branches, and ends on an abort only.
 * 5. Each iterator runs a Git of its own; `return()` and an abort end it.
 *
 * @throws {VcsEventsError} at the call for an option, `ERR_VCS_EVENTS_OPTION`; while iterating when the repository or Git
 *   is missing, when Git fails or is killed, and when its output is not whole: see {@link VcsEventsErrorCode}
 */
export function gitBatches(repository: string, options: GitOptions = {}): AsyncIterable<readonly Commit[]> {
  const place = checkGitOptions(repository, options);
  return closable((signal) => readRepository(place, options, signal), options.signal);
}

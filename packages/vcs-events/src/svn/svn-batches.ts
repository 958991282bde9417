import { closable } from '@sluice/pipeline/node';
import type { Commit } from '../commit.ts';
import { checkSvnOptions } from './check-options.ts';
import type { SvnOptions } from './options.ts';
import { readRepository } from './read-repository.ts';

/**
 * The revisions of a Subversion repository, in batches as they are read; Subversion waits while the consumer is busy.
 *
 * 1. `url` is an address (`https://`, `http://`, `svn://`, `svn+ssh://`, `file://`), of which a part of a repository is
 *    read when it names one; or a folder: a repository, or a working copy, of which the address that it came from is read.
 * 2. Each revision comes once, oldest first or newest first; edited ones again if {@link SvnOptions.recheckRevisions}
 *    asks for it. One whose date or text cannot be read comes with what can be, and is reported to `rejects`.
 * 3. `repository.id` is the repository's UUID; `id` the revision's number. Dates are UTC: the author's zone is not known.
 * 4. `paths` are paths of the repository, from its root, compared with what each revision changed; an address of a part
 *    is quicker, but has to exist still. Paths are told as Subversion writes them, with a slash before them.
 * 5. Subversion asks for no password: it uses those that the user has stored. ssh does not ask either.
 * 6. With `follow` the iteration goes on with what is added, and ends on an abort only. A repository of this machine is
 *    watched. A server that cannot be reached meanwhile is reported once and asked again after longer and longer pauses.
 * 7. Each iterator runs a Subversion of its own; `return()` and an abort end it.
 *
 * @throws {VcsEventsError} at the call for an option, `ERR_VCS_EVENTS_OPTION`; while iterating when the repository or svn
 *   is missing, when svn fails or is killed, and when its output is not whole: see {@link VcsEventsErrorCode}
 */
export function svnBatches(url: string, options: SvnOptions = {}): AsyncIterable<readonly Commit[]> {
  const place = checkSvnOptions(url, options);
  return closable((signal) => readRepository(place, options, signal), options.signal);
}

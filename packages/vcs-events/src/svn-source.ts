import { fromBatches } from '@sluice/pipeline/rx';
import type { Observable } from 'rxjs';
import type { Commit } from './commit.ts';
import { checkSvnOptions } from './svn/check-options.ts';
import type { SvnOptions } from './svn/options.ts';
import { svnBatches } from './svn/svn-batches.ts';

/**
 * The revisions of a Subversion repository one by one, as a cold Observable: what {@link svnBatches} reads, with the
 * same options. Each subscription runs a Subversion of its own.
 *
 * A consumer that works asynchronously and cannot keep up takes {@link svnBatches}.
 *
 * ```ts
 * svnCommits('https://svn.example.org/repos/trunk', { authors: ['me'] }).subscribe(({ id, message }) => console.log(id, message));
 * ```
 */
export function svnCommits(url: string, options: SvnOptions = {}): Observable<Commit> {
  checkSvnOptions(url, options);
  return fromBatches((signal) => svnBatches(url, { ...options, signal }), options.signal);
}

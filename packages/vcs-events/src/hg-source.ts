import { fromBatches } from '@sluice/pipeline/rx';
import type { Observable } from 'rxjs';
import type { Commit } from './commit.ts';
import { checkHgOptions } from './hg/check-options.ts';
import { hgBatches } from './hg/hg-batches.ts';
import type { HgOptions } from './hg/options.ts';

/**
 * The changesets of a Mercurial repository one by one, as a cold Observable: what {@link hgBatches} reads, with the
 * same options. Each subscription runs a Mercurial of its own.
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

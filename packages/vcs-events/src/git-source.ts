import { fromBatches } from '@sluice/pipeline/rx';
import type { Observable } from 'rxjs';
import type { Commit } from './commit.ts';
import { checkGitOptions } from './git/check-options.ts';
import { gitBatches } from './git/git-batches.ts';
import type { GitOptions } from './git/options.ts';

/**
 * The commits of a Git repository one by one, as a cold Observable: what {@link gitBatches} reads, with the
 * same options. Each subscription runs a Git of its own.
 *
 * A consumer that works asynchronously and cannot keep up takes {@link gitBatches}.
 *
 * ```ts
 * gitCommits('.', { authors: ['*@example.org'] }).subscribe(({ id, author, message }) => console.log(id, author.name, message));
 * ```
 */
export function gitCommits(repository: string, options: GitOptions = {}): Observable<Commit> {
  checkGitOptions(repository, options);
  return fromBatches((signal) => gitBatches(repository, { ...options, signal }), options.signal);
}

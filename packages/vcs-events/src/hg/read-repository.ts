import path from 'node:path';
import { FileWatch } from '@sluice/pipeline/node';
import type { Commit } from '../commit.ts';
import { filterOf } from '../filter/filter-of.ts';
import { ProgressReport } from '../progress-report.ts';
import { Reports } from '../reports.ts';
import { findRepository } from './find-repository.ts';
import { hgFailure } from './hg-failure.ts';
import { History } from './history.ts';
import type { HgOptions } from './options.ts';
import { historyFiles, storeState } from './store-state.ts';

const defaultPollMs = 5000;

/** What `hgBatches` iterates. An abort ends it quietly. */
export async function* readRepository(
  folder: string,
  options: HgOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  try {
    yield* readAll(folder, options, signal);
  } catch (error) {
    if (!signal.aborted) throw hgFailure(error, folder);
  }
}

async function* readAll(
  folder: string,
  options: HgOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  const { directory, store } = await findRepository(folder, signal);
  const label = options.label ?? (path.basename(directory) || directory);
  const repository = { kind: 'hg', id: 'hg', label };
  const progress = new ProgressReport(options.onProgress);
  const history = new History({ directory, repository, options, reports: new Reports(options, directory), progress });
  const filter = filterOf(options);
  const watch = options.follow === true ? new FileWatch(store, historyFiles) : undefined;
  const pollMs = options.pollMs ?? defaultPollMs;
  try {
    let seen: string | undefined;
    while (!signal.aborted) {
      // Before Mercurial looks: what changes meanwhile is looked at once more.
      const state = watch === undefined ? undefined : await storeState(store);
      if (state === undefined || state !== seen) {
        for await (const commits of history.added(signal)) {
          const left = told(filter(commits), options);
          if (left.length > 0) yield left;
        }
      }
      seen = state;
      if (watch === undefined) return;
      await watch.changed(pollMs, signal);
    }
  } finally {
    watch?.close();
  }
}

/** Paths that were only read to select by them are not told. */
const told = (commits: readonly Commit[], { files, paths }: HgOptions): readonly Commit[] =>
  paths === undefined || files === true ? commits : commits.map(({ files: _, ...commit }) => commit);

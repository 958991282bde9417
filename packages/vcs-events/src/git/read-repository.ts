import type { Commit } from '../commit.ts';
import { filterOf } from '../filter/filter-of.ts';
import { ProgressReport } from '../progress-report.ts';
import { Reports } from '../reports.ts';
import type { GitPlace } from './check-options.ts';
import { gitFailure } from './git-failure.ts';
import { History } from './history.ts';
import { findRepository } from './local-repository.ts';
import { Mirror } from './mirror.ts';
import type { GitOptions } from './options.ts';
import { RefWatch } from './ref-watch.ts';
import { RemoteWatch } from './remote-watch.ts';

const localPollMs = 5000;
const remotePollMs = 30_000;
const tellMs = 1000;

/** What `gitBatches` iterates. An abort ends it quietly. */
export async function* readRepository(
  place: GitPlace,
  options: GitOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  try {
    yield* readAll(place, options, signal);
  } catch (error) {
    if (!signal.aborted) throw gitFailure(error, place.name);
  }
}

async function* readAll(
  { name, label, remote }: GitPlace,
  options: GitOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  const progress = new ProgressReport(options.onProgress);
  const reports = new Reports(options, name);
  const mirror = remote === undefined ? undefined : new Mirror(remote.address, remote.cacheDirectory);
  if (mirror !== undefined) await firstUpdate(mirror, progress, signal);
  const directory = mirror?.directory ?? name;
  const repository = { kind: 'git', id: 'git', label, ...(remote === undefined ? {} : { url: remote.address.url }) };
  const history = new History({ directory, repository, options, reports, progress });
  // Git itself selects by path.
  const { paths, ...others } = options;
  const filter = filterOf(others);
  const watch =
    options.follow === true &&
    (mirror === undefined
      ? new RefWatch(await findRepository(directory, signal))
      : new RemoteWatch(mirror, name, reports));
  const pollMs = options.pollMs ?? (mirror === undefined ? localPollMs : remotePollMs);
  try {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      for await (const commits of history.added(isFirst, signal)) {
        const left = filter(commits);
        if (left.length > 0) yield left;
      }
      if (watch === false) return;
      await watch.changed(pollMs, signal);
    }
  } finally {
    if (watch !== false) watch.close();
  }
}

async function firstUpdate(mirror: Mirror, progress: ProgressReport, signal: AbortSignal): Promise<void> {
  progress.cloning();
  const telling = setInterval(() => progress.cloning(), tellMs);
  try {
    await mirror.update(signal);
  } finally {
    clearInterval(telling);
  }
}

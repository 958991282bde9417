import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileWatch } from '@sluice/pipeline/node';
import type { Commit } from '../commit.ts';
import { filterOf } from '../filter/filter-of.ts';
import { ProgressReport } from '../progress-report.ts';
import { Reports } from '../reports.ts';
import { layoutRoot } from './branch-of.ts';
import type { SvnPlace } from './check-options.ts';
import { findAddress } from './find-address.ts';
import { History } from './history.ts';
import type { SvnOptions } from './options.ts';
import { Outage } from './outage.ts';
import { readInfo, readNewest, type SvnInfo } from './read-info.ts';
import { labelOf, shown } from './svn-address.ts';
import { svnFailure } from './svn-failure.ts';

const defaultPollMs = 30_000;

/** What `svnBatches` iterates. An abort ends it quietly. */
export async function* readRepository(
  place: SvnPlace,
  options: SvnOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  try {
    yield* readAll(place, options, signal);
  } catch (error) {
    if (!signal.aborted) throw svnFailure(error, place.name);
  }
}

async function* readAll(
  place: SvnPlace,
  options: SvnOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  const reports = new Reports(options, place.name);
  const progress = new ProgressReport(options.onProgress);
  const address = await findAddress(place, signal);
  const info = await readInfo(address, signal);
  const label = options.label ?? labelOf(place.folder ?? address);
  const repository = { kind: 'svn', id: info.uuid, label, url: shown(address) };
  const query = { address, options, repository, layoutRoot: layoutRoot(info.path), reports };
  const history = new History(query, progress);
  // Of a part of a repository nobody knows how many revisions touched it.
  if (info.path === '') progress.total = history.revisionsTo(info.revision);
  const filter = filtered(options);
  const outage = new Outage(place.name, reports);
  const watch = options.follow === true ? new FileWatch(databaseOf(info), ['current']) : undefined;
  const pollMs = options.pollMs ?? defaultPollMs;
  try {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      try {
        const newest = isFirst ? info.revision : await readNewest(address, signal);
        for await (const commits of history.added(newest, isFirst, signal)) {
          const left = filter(commits);
          if (left.length > 0) yield left;
        }
        outage.over();
      } catch (error) {
        if (isFirst || signal.aborted) throw error;
        outage.bear(error);
      }
      if (watch === undefined) return;
      await watch.changed(outage.pauseMs(pollMs), signal);
    }
  } finally {
    watch?.close();
  }
}

/** The folder that holds the number of the newest revision, of a repository of this machine. */
const databaseOf = ({ root }: SvnInfo): string | undefined =>
  /^file:\/\/\//i.test(root) ? path.join(fileURLToPath(root), 'db') : undefined;

function filtered(options: SvnOptions): (commits: readonly Commit[]) => readonly Commit[] {
  const filter = filterOf(options);
  // Paths that were only read to select by them are not told.
  const isBare = options.paths !== undefined && options.files !== true;
  return (commits) => {
    const left = filter(commits);
    return isBare ? left.map(withoutFiles) : left;
  };
}

function withoutFiles({ files: _, merged, ...commit }: Commit): Commit {
  return merged === undefined ? commit : { ...commit, merged: merged.map(withoutFiles) };
}

import type { Commit } from '../commit.ts';
import type { LogQuery } from '../log-query.ts';
import { metricNames } from '../metrics.ts';
import type { Cursor } from '../options.ts';
import { askGit } from './ask-git.ts';
import type { GitOptions } from './options.ts';
import { readLog, selection } from './read-log.ts';
import { checkTips, readTips, type Tips } from './read-tips.ts';

/** Most old tips that are remembered. One that is forgotten costs repeated commits only if its branch comes back. */
const maxRetired = 1000;

/** What has been delivered of a repository, and what has come since. */
export class History {
  readonly #query: LogQuery<GitOptions>;
  /** The tips up to which everything has been delivered; undefined before the first time. */
  #heads: ReadonlyMap<string, string> | undefined;
  /** Tips of branches that were deleted or rewritten: their commits were delivered too. */
  readonly #retired = new Set<string>();

  constructor(query: LogQuery<GitOptions>) {
    this.#query = query;
    const { cursor } = query.options;
    if (cursor !== undefined) this.#heads = new Map(Object.entries(cursor.heads));
  }

  /**
   * The commits that have come since the last call, or since the cursor. When the last batch was taken, the cursor is
   * told, the first time also when nothing is new.
   */
  async *added(isFirst: boolean, signal: AbortSignal): AsyncGenerator<readonly Commit[], void, undefined> {
    const { directory, options, reports, progress } = this.#query;
    const tips = await readTips(directory, options, reports, signal);
    if (isFirst) await checkTips(tips, directory, signal);
    const old = this.#heads ?? new Map<string, string>();
    const moved = [...tips.heads].filter(([name, ids]) => old.get(name) !== ids);
    const gone = [...old].filter(([name, ids]) => tips.heads.get(name) !== ids);
    if (!isFirst) options.metrics?.add(metricNames.moves, new Set([...moved, ...gone].map(([name]) => name)).size);
    const left = new Set(idsOf(gone.map(([, ids]) => ids)));
    if (moved.length > 0) {
      await this.#tellRewrites(moved, old, signal);
      for await (const commits of this.#read(tips, moved, old, signal)) {
        // A tip that a new commit stands on is reached by what was delivered now.
        if (left.size > 0) for (const { parents } of commits) for (const id of parents) left.delete(id);
        yield commits;
      }
    }
    if (!isFirst && moved.length === 0 && gone.length === 0) return;
    this.#retire(left);
    this.#heads = tips.heads;
    progress.end();
    options.onCursor?.({ version: 1, kind: 'git', heads: recordOf(tips.heads) });
  }

  async *#read(
    tips: Tips,
    moved: readonly (readonly [string, string])[],
    old: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Commit[], void, undefined> {
    const { directory } = this.#query;
    // A tip that was pruned after a rewrite cannot be left out. What the others reach is.
    const known = await existing(directory, [...idsOf(old.values()), ...this.#retired], signal);
    const names = [...idsOf(moved.map(([, ids]) => ids)), ...[...known, ...tips.excluded].map((id) => `^${id}`)];
    const counting = new AbortController();
    const stop = (): void => counting.abort();
    signal.addEventListener('abort', stop, { once: true });
    const counted = this.#count(names, counting.signal);
    try {
      yield* readLog(this.#query, names, signal);
      // Known now, if counting was not faster.
      this.#query.progress.total = this.#query.progress.commits;
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      await counted;
    }
  }

  /** Finds out how many commits there are, while they are being read; only for those who want to see progress. */
  async #count(names: readonly string[], signal: AbortSignal): Promise<void> {
    const { directory, options, progress } = this.#query;
    if (!progress.isWanted) return;
    const before = progress.commits;
    const input = `${names.join('\n')}\n`;
    const counting = askGit(directory, ['rev-list', '--count', ...selection(options)], signal, { input });
    // Where counting fails, reading does too, and says why.
    const answer = await counting.catch(() => '');
    if (answer !== '') progress.total = before + Number(answer);
  }

  async #tellRewrites(
    moved: readonly (readonly [string, string])[],
    old: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): Promise<void> {
    const { directory, options } = this.#query;
    if (options.onRewrite === undefined) return;
    for (const [ref, to] of moved) {
      const from = old.get(ref);
      // A detached HEAD goes where it likes, and a revision of several commits is no line to stay on.
      if (from === undefined || ref === 'HEAD' || `${from}${to}`.includes(' ')) continue;
      if (!(await isAncestor(directory, from, to, signal))) options.onRewrite({ ref, from, to });
    }
  }

  #retire(ids: Iterable<string>): void {
    for (const id of ids) this.#retired.add(id);
    for (const id of this.#retired) {
      if (this.#retired.size <= maxRetired) break;
      this.#retired.delete(id);
    }
  }
}

const idsOf = (values: Iterable<string>): ReadonlySet<string> => new Set([...values].flatMap((ids) => ids.split(' ')));

/** Without a prototype: refs are named by others. */
const recordOf = (heads: ReadonlyMap<string, string>): Cursor['heads'] =>
  Object.assign(Object.create(null), Object.fromEntries(heads));

/** Those of the object names that the repository has. */
async function existing(directory: string, ids: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const input = ids.map((id) => `${id}\n`).join('');
  const answer = await askGit(directory, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], signal, { input });
  return [...answer.matchAll(/^([0-9a-f]+) (?:commit|tag)$/gm)].map(([, id = '']) => id);
}

async function isAncestor(directory: string, old: string, id: string, signal: AbortSignal): Promise<boolean> {
  const [known] = await existing(directory, [old], signal);
  if (known === undefined) return false;
  // An ancestor reaches nothing that its descendant does not.
  const input = `${old}\n^${id}\n`;
  return (await askGit(directory, ['rev-list', '--max-count=1', '--stdin'], signal, { input })) === '';
}

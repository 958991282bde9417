import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import type { ProgressReport } from '../progress-report.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { Edits } from './edits.ts';
import { type LogQuery, readLog } from './read-log.ts';

/** What has been delivered of a repository, and what has come since. */
export class History {
  readonly #query: LogQuery;
  readonly #progress: ProgressReport;
  readonly #edits: Edits;
  readonly #first: number;
  /** The newest revision when it was last looked at; below {@link #first} before. */
  #newest: number;
  /** Everything before has been delivered. */
  #next: number;

  constructor(query: LogQuery, progress: ProgressReport) {
    const { range, cursor, recheckRevisions = 0 } = query.options;
    const head = cursor?.heads['HEAD'];
    this.#query = query;
    this.#progress = progress;
    this.#edits = new Edits(recheckRevisions);
    this.#first = range?.[0] ?? 0;
    this.#next = head === undefined ? this.#first : Math.max(this.#first, Number(head) + 1);
    this.#newest = this.#next - 1;
  }

  /**
   * The commits up to the newest revision that have not been delivered, and edited ones. When the last batch was taken,
   * the cursor is told, the first time also when nothing is new.
   *
   * @param newest what the repository says; a mirror that lags behind may say less than before
   */
  async *added(
    newest: number,
    isFirst: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Commit[], void, undefined> {
    const { options } = this.#query;
    if (isFirst) this.#checkFirst(newest);
    const last = options.range === undefined || options.range[1] === 'HEAD' ? newest : options.range[1];
    const isGrown = last > this.#newest;
    if (!isFirst && isGrown) options.metrics?.add(metricNames.moves, 1);
    const recheck = options.recheckRevisions ?? 0;
    const start = Math.max(this.#first, this.#next - recheck);
    if (start <= last && (isGrown || recheck > 0)) yield* this.#read(start, last, signal);
    if (!isFirst && !isGrown) return;
    this.#next = Math.max(this.#next, last + 1);
    this.#newest = this.#next - 1;
    this.#progress.end();
    options.onCursor?.({ version: 1, kind: 'svn', heads: { HEAD: String(this.#newest) } });
  }

  /** How many revisions there are to read. Revision 0 has nothing in it. */
  revisionsTo(newest: number): number {
    const { range, recheckRevisions = 0 } = this.#query.options;
    const last = range === undefined || range[1] === 'HEAD' ? newest : range[1];
    return Math.max(0, last - Math.max(this.#first, this.#next - recheckRevisions, 1) + 1);
  }

  async *#read(start: number, last: number, signal: AbortSignal): AsyncGenerator<readonly Commit[], void, undefined> {
    const isOldestFirst = this.#query.options.order !== 'newest-first';
    for await (const commits of readLog(this.#query, start, last, signal)) {
      this.#progress.read(commits.length);
      const changed = this.#edits.changed(commits, last);
      if (changed.length > 0) yield changed;
      // Should the server go away now, what has been delivered is not asked for again.
      if (isOldestFirst) this.#next = Math.max(this.#next, Number(commits.at(-1)?.id ?? 0) + 1);
    }
  }

  /** A revision that is asked for, or that a cursor has seen, and is not there: a wrong address, or a restored backup. */
  #checkFirst(newest: number): void {
    const { range, cursor } = this.#query.options;
    const wanted = Math.max(range?.[0] ?? 0, range === undefined || range[1] === 'HEAD' ? 0 : range[1], this.#next - 1);
    if (wanted <= newest) return;
    const fault = `${this.#query.repository.label} has no revision ${wanted}: its newest is ${newest}`;
    const cure = 'if it was restored from a backup, read it without the cursor';
    throw new VcsEventsError('ERR_VCS_EVENTS_REVISION', fault, {
      value: wanted,
      ...(cursor === undefined ? {} : { cure }),
    });
  }
}

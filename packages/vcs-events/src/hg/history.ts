import type { ActivitySource } from '@sluice/pipeline';
import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import type { Cursor } from '../options.ts';
import { readChild } from '../process/read-child.ts';
import { runChild } from '../process/run-child.ts';
import type { ProgressReport } from '../progress-report.ts';
import type { Reports } from '../reports.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { commitOf, logTemplate } from './commit-of.ts';
import { hgCommand } from './hg-command.ts';
import { LineReader } from './line-reader.ts';
import { addedSince, type Marks, marksOf, marksUpTo, stillThere } from './marks.ts';
import type { HgOptions } from './options.ts';

export interface HistoryQuery {
  /** Where Mercurial runs. */
  readonly directory: string;
  readonly repository: ActivitySource;
  readonly options: HgOptions;
  readonly reports: Reports;
  readonly progress: ProgressReport;
}

const defaultMaxCommitBytes = 64 << 20;

/** What has been delivered of a repository, and what has come since. */
export class History {
  readonly #query: HistoryQuery;
  #marks: Marks;

  constructor(query: HistoryQuery) {
    this.#query = query;
    this.#marks = marksOf(query.options.cursor);
  }

  /**
   * The changesets that have come since the last call, or since the cursor. When the last batch was taken, the cursor is
   * told, the first time also when nothing is new.
   */
  async *added(isFirst: boolean, signal: AbortSignal): AsyncGenerator<readonly Commit[], void, undefined> {
    const { options, progress } = this.#query;
    const known = await this.#ask(stillThere(this.#marks), signal);
    const newest = Math.max(...known.keys());
    const added = addedSince(this.#marks, new Map([...known].map(([revision, node]) => [node, revision])), newest);
    const isMoved = newest < 0 ? this.#marks.size > 0 : known.get(newest) !== this.#marks.get(newest);
    if (isMoved && !isFirst) options.metrics?.add(metricNames.moves, 1);
    if (added !== undefined) {
      progress.total = progress.commits + added.most;
      yield* this.#read(added.revisions, signal);
    }
    if (!isMoved && !isFirst) return;
    this.#marks = newest < 0 ? new Map() : await this.#ask(marksUpTo(newest), signal);
    progress.end();
    options.onCursor?.({ version: 1, kind: 'hg', heads: recordOf(this.#marks) });
  }

  async *#read(revisions: string, signal: AbortSignal): AsyncGenerator<readonly Commit[], void, undefined> {
    const { directory, repository, options, reports, progress } = this.#query;
    const lines = new LineReader(options.maxCommitBytes ?? defaultMaxCommitBytes);
    const order = options.order === 'newest-first' ? '-rev' : 'rev';
    const template = logTemplate(options.files === true || options.paths !== undefined);
    const command = hgCommand(
      ['log', '--hidden', '-r', `sort(${revisions}, ${order})`, '-T', template, '--'],
      directory,
    );
    for await (const chunk of readChild(command, signal)) {
      options.metrics?.add(metricNames.bytes, chunk.length);
      const commits: Commit[] = [];
      let failure: unknown;
      try {
        for (const line of lines.feed(chunk)) commits.push(commitOf(line, repository, reports));
      } catch (error) {
        failure = error;
      }
      progress.read(commits.length);
      if (commits.length > 0) yield commits;
      if (failure !== undefined) throw failure;
    }
    signal.throwIfAborted();
    lines.end();
  }

  /** Nodes by revision number. Of an empty repository, the newest is -1. */
  async #ask(revisions: string, signal: AbortSignal): Promise<Marks> {
    const args = ['log', '--hidden', '-r', revisions, '-T', '{rev} {node}\\n', '--'];
    const answer = await runChild(hgCommand(args, this.#query.directory), signal);
    signal.throwIfAborted();
    const found = [...answer.matchAll(/^(-?\d+) ([\da-f]+)$/gm)];
    if (found.length === 0 || answer.split('\n').length !== found.length + 1) {
      const details = { value: answer.slice(0, 200) };
      throw new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'hg log answered something else', details);
    }
    return new Map(found.map(([, revision = '', node = '']) => [Number(revision), node]));
  }
}

const recordOf = (marks: Marks): Cursor['heads'] =>
  Object.fromEntries([...marks].map(([revision, node]) => [String(revision), node]));

import type { PatternSet } from '@sluice/log-matcher';
import type { Failure } from '@sluice/pipeline';
import type { FilterChunk } from './filter-chunk.ts';
import { FilterCore, lineOf, setCore } from './filter-core.ts';
import type { FilterParts } from './filter-parts.ts';
import { scanChunk } from './group/scan-chunk.ts';
import { eachLine } from './lines/each-line.ts';
import type { FilterListener } from './lines/filter-listener.ts';
import type { Line } from './lines/line.ts';
import type { Dating } from './lines/line-dating.ts';
import { transcodeChunk } from './lines/transcode-chunk.ts';
import type { NamedFailure } from './named-failure.ts';
import type { FilterRules } from './rules/filter-rules.ts';
import { JointRules } from './rules/joint-rules.ts';

/** What {@link Fail2banFilter.processLine} is told besides the line. */
export interface LineOptions {
  /** Time of a line that carries none, such as a journal entry: no date is searched, nothing is cut. */
  readonly timeMs?: number;
  /** Default false: nothing is known of when the line was written. */
  readonly live?: boolean;
  /** Default `<line>`. */
  readonly path?: string;
  /** Default 0. */
  readonly offset?: number;
}

/** What a filter's tags expand to. */
export interface ExpandedRegexes {
  readonly prefRegex?: string | undefined;
  readonly failRegex: readonly string[];
  readonly ignoreRegex: readonly string[];
}

const sourcesOf = (set: PatternSet | undefined): readonly string[] => set?.patterns.map(({ source }) => source) ?? [];

const expandedOf = ({ pref, fail, ignore }: FilterRules): ExpandedRegexes => ({
  prefRegex: sourcesOf(pref)[0],
  failRegex: sourcesOf(fail),
  ignoreRegex: sourcesOf(ignore),
});

const alone = new WeakMap<FilterRules, Map<string, JointRules>>();

/** The rules of a filter that is fed by itself: made once for all filters of the same parts. */
function aloneOf({ rules, places }: FilterCore): JointRules {
  const byPlaces = alone.get(rules) ?? new Map<string, JointRules>();
  const joint = byPlaces.get(places) ?? new JointRules([{ rules, places }]);
  alone.set(rules, byPlaces.set(places, joint));
  return joint;
}

/** For a line that carries no date, and of which the time is known. */
const given = (timeMs: number): Dating => ({
  date: undefined,
  cutStart: 0,
  cutEnd: 0,
  timeMs,
  undated: false,
  assumed: false,
});

/**
 * A compiled filter: log lines in, failures out. Make one with {@link compileFilter}.
 *
 * It keeps state between lines (the way dates were written, sessions, the window of `maxlines`), so each jail has its
 * own. Nothing that a line holds makes it throw; all state is bounded.
 */
export class Fail2banFilter {
  readonly name: string;
  /** The regexes as Python's, tags expanded, in the order they are tried. */
  readonly expanded: ExpandedRegexes;
  readonly #core: FilterCore;
  #rules: JointRules | undefined;

  constructor(parts: FilterParts) {
    this.name = parts.name;
    this.expanded = expandedOf(parts.rules);
    this.#core = new FilterCore(parts);
    setCore(this, this.#core);
  }

  /**
   * Finds the failures in whole lines, and calls `emit` for each, in line order, before it returns.
   *
   * However a log is divided into chunks, the failures are the same (as long as the clock says the same). A match that
   * cannot be counted goes to `rejects`; an exception of `emit` passes through.
   *
   * @param names gets failures of host names instead of the option `names`, in line order with those that `emit` gets
   */
  process(
    chunk: FilterChunk,
    emit: (failure: Failure) => void,
    names: ((failure: NamedFailure) => void) | undefined = this.#core.listener.names,
  ): void {
    const core = this.#core;
    const { encoding } = core.settings;
    const decoded = encoding === undefined ? chunk : transcodeChunk(chunk, encoding);
    const listeners = [{ ...core.listener, names }];
    FilterCore.unite([core]);
    if (!core.canScan) {
      this.#readAll(decoded, emit, listeners);
      return;
    }
    this.#rules ??= aloneOf(core);
    scanChunk(this.#rules, [{ cores: [core], block: 0, listeners }], decoded, emit);
  }

  /**
   * Asks the filter about one line, for tests and tools. Unlike {@link process} it always searches the line's date and
   * learns from it.
   *
   * @param text without its line break
   * @returns the failure that the line is or completes
   */
  processLine(text: string, options: LineOptions = {}): Failure | undefined {
    const { live = false, path = '<line>', offset = 0, timeMs } = options;
    const core = this.#core;
    FilterCore.unite([core]);
    const nowMs = core.begin([core.listener]);
    const line: Line = { text, offset, path, sourceId: path, live, truncated: false, nowMs };
    try {
      return core.readLine(line, timeMs === undefined ? undefined : given(timeMs));
    } finally {
      core.end();
    }
  }

  /** Searches every line, and learns from every date. */
  #readAll(chunk: FilterChunk, emit: (failure: Failure) => void, listeners: readonly FilterListener[]): void {
    const core = this.#core;
    const nowMs = core.begin(listeners);
    core.counts.bytes += chunk.bytes.length;
    try {
      eachLine(chunk.bytes, (text, offset) => {
        const failure = core.readLine(lineOf(chunk, offset, text, nowMs));
        if (failure !== undefined) emit(failure);
      });
    } finally {
      core.end();
    }
  }
}

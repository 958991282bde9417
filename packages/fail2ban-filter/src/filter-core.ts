import type { CutPlaces } from '@sluice/log-matcher';
import type { Failure } from '@sluice/pipeline';
import type { DateTemplate } from './dates/date-template.ts';
import { placesOfDates } from './dates/places-of-dates.ts';
import type { FilterChunk } from './filter-chunk.ts';
import type { FilterParts } from './filter-parts.ts';
import { FilterState } from './group/filter-state.ts';
import { FailureMaker } from './lines/failure-maker.ts';
import type { FilterListener } from './lines/filter-listener.ts';
import type { Line } from './lines/line.ts';
import type { Dating } from './lines/line-dating.ts';
import { LineWindow } from './lines/line-window.ts';
import { NoticeBoard } from './lines/notice-board.ts';
import { offsetOf } from './lines/transcode-chunk.ts';
import { type FilterCounts, filterMetrics, noCounts } from './metrics.ts';
import type { FilterSettings } from './options.ts';
import type { FilterRules } from './rules/filter-rules.ts';
import type { JointLine } from './rules/joint-rules.ts';
import type { RuleHit } from './rules/rule-hit.ts';

const lineFeed = 0x0a;

/** A line of a chunk, as the filter sees it. */
export function lineOf(chunk: FilterChunk, start: number, text: string, nowMs: number): Line {
  const { source, bytes, live, ending } = chunk;
  const offset = offsetOf(chunk, start);
  const truncated = ending === 'cut' && bytes.indexOf(lineFeed, start) === -1;
  return { text, offset, path: source.path, sourceId: source.id, live, truncated, nowMs };
}

/** The inside of a filter, for what feeds it: the filter itself, or a group of filters. */
export class FilterCore {
  readonly rules: FilterRules;
  readonly settings: FilterSettings;
  readonly window: LineWindow | undefined;
  readonly counts: FilterCounts = noCounts();
  readonly listener: FilterListener;
  readonly #templates: readonly DateTemplate[];
  readonly #maker: FailureMaker;
  #state: FilterState;
  #isFresh = true;
  #places: CutPlaces | undefined;
  #key: string | undefined;

  constructor({ name, rules, templates, maxLines, settings }: FilterParts) {
    const { rejects, metrics, names, onNotice } = settings;
    this.rules = rules;
    this.settings = settings;
    this.window = maxLines > 1 ? new LineWindow(rules, maxLines) : undefined;
    this.listener = { notices: new NoticeBoard(name, onNotice), rejects, metrics, names };
    this.#templates = templates;
    this.#maker = new FailureMaker(settings, this.counts);
    this.#state = FilterState.begin(templates, settings);
  }

  /** Whether only lines that can match need to be read. */
  get canScan(): boolean {
    return this.window === undefined && this.settings.prefilter;
  }

  get places(): CutPlaces {
    this.#places ??= placesOfDates(this.#templates);
    return this.#places;
  }

  get state(): FilterState {
    return this.#state;
  }

  /** Whether it and another find the same in the same lines, from now on. */
  isTwinOf(other: FilterCore): boolean {
    if ((this.listener.names === undefined) !== (other.listener.names === undefined)) return false;
    if (this.#state === other.#state) return true;
    const { zone, clock } = this.settings;
    const isSame = this.#isFresh && other.#isFresh && zone === other.settings.zone && clock === other.settings.clock;
    return isSame && this.#definition === other.#definition;
  }

  get #definition(): string {
    const { useDns, findTimeMs, maxSessions, sessionTimeMs } = this.settings;
    const dates = this.#templates.map(({ name, regex, weight }) => [name, regex, weight]);
    this.#key ??= JSON.stringify([this.rules.key, dates, useDns, findTimeMs, maxSessions, sessionTimeMs]);
    return this.#key;
  }

  /** Gives filters that are twins one state, which no other filter has. */
  static unite(cores: readonly [FilterCore, ...FilterCore[]]): void {
    const [first] = cores;
    const held = cores.filter((core) => core.#state === first.#state).length;
    const state = first.#state.holders === held ? first.#state : first.#state.copy();
    for (const core of cores) {
      if (core.#state === state) continue;
      core.#state.holders -= 1;
      core.#state = state;
    }
    state.holders = cores.length;
  }

  /**
   * Before lines are read.
   *
   * @param listeners who is told of what comes to light besides failures
   * @returns what time it is for these lines
   */
  begin(listeners: readonly FilterListener[]): number {
    this.#maker.listeners = listeners;
    this.#isFresh = false;
    return this.settings.clock.nowMs();
  }

  /** After lines were read: adds what was counted to the metrics of the listeners, and forgets it. */
  end(): void {
    for (const [key, name] of Object.entries(filterMetrics) as [keyof FilterCounts, string][]) {
      if (this.counts[key] > 0) for (const { metrics } of this.#maker.listeners) metrics?.add(name, this.counts[key]);
      this.counts[key] = 0;
    }
  }

  /** Reads a line that can match. Its date teaches only if it does. */
  readCandidate(joint: JointLine, block: number, chunk: FilterChunk, nowMs: number): Failure | undefined {
    this.counts.candidates += 1;
    const { text, offset } = joint;
    const { dating } = this.#state;
    const dated = dating.look(text, nowMs);
    const hit = joint.ask(block, dated);
    if (hit === undefined) return undefined;
    dating.learn(text, dated, nowMs, chunk.live);
    return this.#make(hit, lineOf(chunk, offset, text, nowMs), dated);
  }

  /** Reads any line, and learns from its date. */
  readLine(line: Line, given?: Dating): Failure | undefined {
    this.counts.lines += 1;
    this.counts.candidates += 1;
    const { text, nowMs, live } = line;
    const dated = given ?? this.#state.dating.look(text, nowMs);
    this.#state.dating.learn(text, dated, nowMs, live);
    const { cutStart, cutEnd } = dated;
    const subject = cutStart === cutEnd ? text : text.slice(0, cutStart) + text.slice(cutEnd);
    const { window } = this;
    const hit = window === undefined ? this.rules.find(subject) : window.add(subject, text);
    if (hit === undefined) return undefined;
    return this.#make(hit, window === undefined ? line : { ...line, matched: window.used }, dated);
  }

  #make(hit: RuleHit | 'ignored', line: Line, dated: Dating): Failure | undefined {
    if (hit !== 'ignored') return this.#maker.make(hit, line, dated, this.#state.sessions);
    this.counts.ignored += 1;
    return undefined;
  }
}

const cores = new WeakMap<object, FilterCore>();

/** Remembers the inside of a filter. */
export function setCore(filter: object, core: FilterCore): void {
  cores.set(filter, core);
}

/** The inside of a filter. */
export function coreOf(filter: object): FilterCore {
  return cores.get(filter) as FilterCore;
}

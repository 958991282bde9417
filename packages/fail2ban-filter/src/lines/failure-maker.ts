import { type Address, type Failure, leanFailure, ownText } from '@sluice/pipeline';
import type { Fail2banFilterErrorCode } from '../fail2ban-filter-error.ts';
import { failureId } from '../ids/failure-id.ts';
import { copyGroups, type Groups } from '../ids/merge-groups.ts';
import { keptChars } from '../kept-chars.ts';
import { type FilterCounts, filterMetrics } from '../metrics.ts';
import type { FilterSettings } from '../options.ts';
import type { RuleHit } from '../rules/rule-hit.ts';
import { mergeSession } from '../sessions/merge-session.ts';
import type { SessionCache } from '../sessions/session-cache.ts';
import type { FilterListener } from './filter-listener.ts';
import type { Line } from './line.ts';
import { type Dating, maxSkewMs } from './line-dating.ts';
import type { DateNotice } from './notice-board.ts';

const maxValueChars = 200;

const wholeSeconds = (timeMs: number): number => Math.floor(timeMs / 1000) * 1000;

const severalOf = (lines: readonly string[]): readonly string[] | undefined => (lines.length > 1 ? lines : undefined);

/** What a line says together with the lines before it. */
interface Merged {
  readonly groups: Groups;
  readonly matches: readonly string[] | undefined;
}

/** Groups that are the filter's own affair. */
const isInner = (name: string): boolean =>
  name === 'content' || name === 'nofail' || name.startsWith('mlf') || name.startsWith('skiplines');

function outerGroups(groups: Groups): Groups {
  const outer = copyGroups(groups);
  for (const name of Object.keys(outer)) if (isInner(name) && name !== 'mlfid') delete outer[name];
  return outer;
}

/** Makes a failure of a line that the regexes matched, or says why it is none. */
export class FailureMaker {
  readonly #settings: FilterSettings;
  readonly #counts: FilterCounts;
  /** Who is told of what comes to light besides failures; all take names, or none does. */
  listeners: readonly FilterListener[] = [];

  constructor(settings: FilterSettings, counts: FilterCounts) {
    this.#settings = settings;
    this.#counts = counts;
  }

  make(hit: RuleHit, line: Line, dating: Dating, sessions: SessionCache): Failure | undefined {
    const timeMs = this.#timeOf(line, dating);
    if (timeMs === undefined) return undefined;
    if (line.truncated && hit.reachesEnd) {
      const reason = 'the match reaches the end of a line that was cut short, where no line ends';
      return this.#reject('ERR_FAIL2BAN_FILTER_CUT', reason, line.text, line);
    }
    const merged = this.#merge(hit, line, sessions);
    if (merged === undefined) return undefined;
    const { groups, matches } = merged;
    const found = failureId(groups, this.#settings.useDns);
    if (found.kind === 'reject') return this.#reject(found.code, found.reason, found.value, line);
    const { path, sourceId, offset, text } = line;
    const shared = {
      timeMs,
      path,
      sourceId,
      offset,
      line: text,
      ...(matches && { matches }),
      groups: outerGroups(groups),
      pattern: hit.pattern,
    };
    if (found.kind === 'name') return this.#name(found.hostName, shared, line);
    const { id, address } = found;
    this.#counts.failures += 1;
    return { id, ...(address && { address }), ...shared };
  }

  #name(foundName: string, failure: Omit<Failure, 'id' | 'address'>, foundLine: Line): undefined {
    // It waits for an answer, and many with it.
    const shared = leanFailure(failure, keptChars);
    const hostName = ownText(foundName);
    const line = { ...foundLine, text: shared.line, matched: [] };
    const code = 'ERR_FAIL2BAN_FILTER_NAME';
    const quoted = JSON.stringify(hostName);
    if (this.listeners.every(({ names }) => names === undefined))
      return this.#reject(code, `${quoted}: host names are not looked up here; filter by address`, hostName, line);
    this.#counts.named += 1;
    const { useDns } = this.#settings;
    for (const listener of this.listeners) {
      const { metrics, notices, names } = listener;
      const giveUp = (reason: string): void => {
        metrics?.add(filterMetrics.rejected, 1);
        tell(listener, code, `${quoted}: ${reason}`, hostName, line);
      };
      const resolve = (addresses: readonly Address[]): readonly Failure[] => {
        if (addresses.length === 0) giveUp('this host has no address, or none was found in time');
        else metrics?.add(filterMetrics.failures, addresses.length);
        if (useDns === 'warn' && addresses.length > 0) notices.name(hostName, addresses, line);
        return addresses.map((address) => ({ id: address.text, address, ...shared }));
      };
      names?.({ ...shared, hostName, resolve, giveUp });
    }
  }

  /** Time that the failure counts at; undefined when it is, or may be, too old to count. */
  #timeOf(line: Line, { timeMs, undated, assumed }: Dating): number | undefined {
    const { nowMs } = line;
    const { findTimeMs } = this.#settings;
    const isChecked = findTimeMs < Number.POSITIVE_INFINITY;
    if (undated) {
      this.#counts.undated += 1;
      this.#say('undated', line, undefined);
    }
    if (line.live && Math.abs(timeMs - nowMs) > maxSkewMs) {
      this.#counts.shifted += 1;
      this.#say('shifted', line, timeMs);
      return wholeSeconds(nowMs);
    }
    if (!line.live && timeMs < nowMs - findTimeMs) {
      this.#counts.old += 1;
      this.#say('old', line, timeMs);
      return undefined;
    }
    // Whoever reads a log from its beginning at each start must not count all that it ever held as of now.
    if (!line.live && isChecked && undated && assumed) {
      this.#counts.old += 1;
      return undefined;
    }
    return isChecked && timeMs > nowMs ? wholeSeconds(nowMs) : timeMs;
  }

  #merge(hit: RuleHit, { text, matched = [text], nowMs }: Line, sessions: SessionCache): Merged | undefined {
    const id = hit.text('mlfid');
    if (id === undefined) return { groups: hit.groups, matches: severalOf(matched) };
    const { failure, lines, evicted } = mergeSession(sessions, id, hit, matched, nowMs);
    this.#counts.evicted += evicted;
    if (failure === undefined) this.#counts.auxiliary += 1;
    return failure && { groups: failure, matches: severalOf(lines) };
  }

  #say(kind: DateNotice, line: Line, timeMs: number | undefined): void {
    for (const { notices } of this.listeners) notices.say(kind, line, timeMs);
  }

  #reject(code: Fail2banFilterErrorCode, reason: string, value: string, line: Line): undefined {
    this.#counts.rejected += 1;
    for (const listener of this.listeners) tell(listener, code, reason, value, line);
  }
}

function tell(
  { rejects }: FilterListener,
  code: Fail2banFilterErrorCode,
  reason: string,
  value: string,
  { path, offset }: Line,
): void {
  rejects?.next({
    component: 'fail2ban-filter',
    code,
    reason,
    path,
    offset,
    value: value.length > maxValueChars ? `${value.slice(0, maxValueChars)}…` : value,
  });
}

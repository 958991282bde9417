import type { Failure, RejectSink } from '@sluice/pipeline';
import type { Fail2banFilterErrorCode } from '../fail2ban-filter-error.ts';
import { failureId } from '../ids/failure-id.ts';
import { copyGroups, type Groups } from '../ids/merge-groups.ts';
import type { FilterCounts } from '../metrics.ts';
import type { FilterSettings } from '../options.ts';
import type { RuleHit } from '../rules/filter-rules.ts';
import { mergeSession } from '../sessions/merge-session.ts';
import { SessionCache } from '../sessions/session-cache.ts';
import type { Line } from './line.ts';
import { type Dating, maxSkewMs } from './line-dating.ts';
import { NoticeBoard } from './notice-board.ts';

const maxValueChars = 200;

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
  readonly #notices: NoticeBoard;
  readonly #sessions: SessionCache;
  readonly #rejects: RejectSink | undefined;

  constructor(name: string, settings: FilterSettings, counts: FilterCounts) {
    this.#settings = settings;
    this.#counts = counts;
    this.#notices = new NoticeBoard(name, settings.onNotice);
    this.#sessions = new SessionCache(settings.maxSessions, settings.sessionTimeMs);
    this.#rejects = settings.rejects;
  }

  make(hit: RuleHit, line: Line, dating: Dating): Failure | undefined {
    const timeMs = this.#timeOf(line, dating);
    if (timeMs === undefined) return undefined;
    if (line.truncated && hit.reachesEnd) {
      const reason = 'the match reaches the end of a line that was cut short, where no line ends';
      return this.#reject('ERR_FAIL2BAN_FILTER_CUT', reason, line.text, line);
    }
    const groups = this.#merge(hit.groups, line.nowMs);
    if (groups === undefined) return undefined;
    const found = failureId(groups, this.#settings.useDns);
    if (found.kind === 'reject') return this.#reject(found.code, found.reason, found.value, line);
    const { id, address } = found;
    this.#counts.failures += 1;
    return {
      id,
      ...(address && { address }),
      timeMs,
      path: line.path,
      sourceId: line.sourceId,
      offset: line.offset,
      line: line.text,
      groups: outerGroups(groups),
      pattern: hit.pattern,
    };
  }

  /** Time that the failure counts at; undefined when it is too old to count. */
  #timeOf(line: Line, { timeMs, undated }: Dating): number | undefined {
    const { nowMs } = line;
    if (undated) {
      this.#counts.undated += 1;
      this.#notices.say('undated', line, undefined);
    }
    if (line.live && Math.abs(timeMs - nowMs) > maxSkewMs) {
      this.#counts.shifted += 1;
      this.#notices.say('shifted', line, timeMs);
      return Math.floor(nowMs / 1000) * 1000;
    }
    if (!line.live && timeMs < nowMs - this.#settings.findTimeMs) {
      this.#counts.old += 1;
      this.#notices.say('old', line, timeMs);
      return undefined;
    }
    return timeMs;
  }

  #merge(groups: Groups, nowMs: number): Groups | undefined {
    const id = groups['mlfid'];
    if (id === undefined) return groups;
    const { failure, evicted } = mergeSession(this.#sessions, id, groups, nowMs);
    this.#counts.evicted += evicted;
    if (failure === undefined) this.#counts.auxiliary += 1;
    return failure;
  }

  #reject(code: Fail2banFilterErrorCode, reason: string, value: string, { path, offset }: Line): undefined {
    this.#counts.rejected += 1;
    this.#rejects?.next({
      component: 'fail2ban-filter',
      code,
      reason,
      path,
      offset,
      value: value.length > maxValueChars ? `${value.slice(0, maxValueChars)}…` : value,
    });
  }
}

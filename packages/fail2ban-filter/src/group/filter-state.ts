import { DateDetector } from '../dates/date-detector.ts';
import type { DateTemplate } from '../dates/date-template.ts';
import { LineDating } from '../lines/line-dating.ts';
import type { FilterSettings } from '../options.ts';
import { SessionCache } from '../sessions/session-cache.ts';

/**
 * What a filter remembers of the lines that it has read. Filters that are equal in all else and have read the same may have
 * one in common.
 */
export class FilterState {
  readonly dating: LineDating;
  readonly sessions: SessionCache;
  /** Filters that have it. */
  holders = 1;

  constructor(dating: LineDating, sessions: SessionCache) {
    this.dating = dating;
    this.sessions = sessions;
  }

  static begin(templates: readonly DateTemplate[], { zone, maxSessions, sessionTimeMs }: FilterSettings): FilterState {
    return new FilterState(
      new LineDating(new DateDetector(templates, zone)),
      new SessionCache(maxSessions, sessionTimeMs),
    );
  }

  /** One for filters that go another way from here. */
  copy(): FilterState {
    return new FilterState(this.dating.copy(), this.sessions.copy());
  }
}

import { copyGroups, type MutableGroups } from '../ids/merge-groups.ts';
import type { SessionLines } from './session-lines.ts';

/** What the lines of one session (`<F-MLFID>`) have told so far. */
export interface Session {
  readonly groups: MutableGroups;
  /** The first two: more is not asked. */
  readonly users: Set<string>;
  /** A failure was seen before anyone was named whom it could be counted for. */
  pending: boolean;
  readonly lines: SessionLines;
}

/** Sessions by id, the oldest out first; a session is forgotten `maxAgeMs` after its first line. */
export class SessionCache {
  readonly #sessions = new Map<string, { readonly session: Session; readonly bornMs: number }>();
  readonly #maxSessions: number;
  readonly #maxAgeMs: number;

  constructor(maxSessions: number, maxAgeMs: number) {
    this.#maxSessions = maxSessions;
    this.#maxAgeMs = maxAgeMs;
  }

  /** One that goes on from here, apart from this one. */
  copy(): SessionCache {
    const copy = new SessionCache(this.#maxSessions, this.#maxAgeMs);
    for (const [id, { session, bornMs }] of this.#sessions) {
      const { groups, users, pending, lines } = session;
      const own = { groups: copyGroups(groups), users: new Set(users), pending, lines: lines.copy() };
      copy.#sessions.set(id, { session: own, bornMs });
    }
    return copy;
  }

  get(id: string, nowMs: number): Session | undefined {
    const entry = this.#sessions.get(id);
    if (entry === undefined) return undefined;
    if (nowMs - entry.bornMs < this.#maxAgeMs) return entry.session;
    this.#sessions.delete(id);
    return undefined;
  }

  /** Adds a session. Returns how many younger than `maxAgeMs` it pushed out: 0 or 1. */
  add(id: string, session: Session, nowMs: number): number {
    this.#sessions.delete(id);
    let evicted = 0;
    for (const [oldest, { bornMs }] of this.#sessions) {
      const young = nowMs - bornMs < this.#maxAgeMs;
      if (young && this.#sessions.size < this.#maxSessions) break;
      this.#sessions.delete(oldest);
      if (young) evicted += 1;
    }
    this.#sessions.set(id, { session, bornMs: nowMs });
    return evicted;
  }

  delete(id: string): void {
    this.#sessions.delete(id);
  }
}

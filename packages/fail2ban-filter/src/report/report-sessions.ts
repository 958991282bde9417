import { type CutLine, type FailData, holds, linesIn, take, textIn } from './fail-data.ts';

/** As many as fail2ban remembers. */
const maxSessions = 100;

function addUser(data: FailData, user: string | undefined): ReadonlySet<string> {
  const users = data.get('users');
  const known: ReadonlySet<string> = users instanceof Set ? users : new Set<string>();
  if (!user) return known;
  if (known.has(user)) return known;
  const more = new Set([...known, user]);
  data.set('users', more);
  return more;
}

/**
 * What the lines of each session (`<F-MLFID>`) have told, kept as fail2ban's own tools show it: with the lines themselves,
 * and with failures that are none yet. The filter's own sessions keep less.
 */
export class ReportSessions {
  readonly #sessions = new Map<string, FailData>();
  readonly #keepsLines: boolean;

  /** @param keepsLines false where nobody will look at the lines of a session */
  constructor(keepsLines: boolean) {
    this.#keepsLines = keepsLines;
  }

  /**
   * Merges what a line says into its session, by fail2ban's rules.
   *
   * @param lines that matched
   * @returns what the session knows now; `nofail` is true in it when the line is no failure by itself
   */
  merge(id: string, own: FailData, lines: readonly CutLine[]): FailData {
    let gained = holds(own.get('mlfgained'));
    let auxiliary = gained || holds(own.get('nofail'));
    if (gained && !holds(own.get('nofail'))) own.set('nofail', own.get('mlfgained') ?? null);
    const forget = holds(take(own, 'mlfforget'));
    const known = this.#sessions.get(id);
    const data = known ?? own;
    const user = textIn(own, 'user');
    let users: ReadonlySet<string> = new Set();
    if (known !== undefined) {
      users = addUser(known, user);
      this.#renew(known, own, gained);
      if (forget) this.#sessions.delete(id);
    } else if (!forget) {
      users = addUser(own, user);
      this.#add(id, own);
    }
    if (holds(take(data, 'mlfpending')) || users.size > 1) {
      data.delete('nofail');
      data.delete('mlfgained');
      auxiliary = false;
      gained = false;
    }
    if (!this.#keepsLines) return data;
    if (!auxiliary) {
      const earlier = [...linesIn(data, 'nofail-matches'), ...linesIn(data, 'matches')];
      data.delete('nofail-matches');
      data.set('matches', gained ? earlier : [...earlier, ...lines]);
    } else if (!forget) data.set('nofail-matches', [...linesIn(data, 'nofail-matches'), ...lines]);
    return data;
  }

  /** Lets a line's own values win over what its session knew. */
  #renew(known: FailData, own: FailData, gained: boolean): void {
    const wasNoFailure = holds(take(known, 'nofail'));
    const wasGained = holds(take(known, 'mlfgained'));
    if (gained) known.delete('mlfpending');
    if (!wasNoFailure && !wasGained && !holds(known.get('mlfpending'))) known.delete('matches');
    for (const [name, value] of own) if (value !== null) known.set(name, value);
  }

  #add(id: string, data: FailData): void {
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= maxSessions && oldest !== undefined) this.#sessions.delete(oldest);
    this.#sessions.set(id, data);
  }
}

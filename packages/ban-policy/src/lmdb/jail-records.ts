import type { JailChange, KeptBan, KeptJail, KeptTally, SeenMark } from '../state/kept-state.ts';
import type { ImportCounts, ImportedBan } from './imported-ban.ts';
import { keyText } from './keys.ts';
import type { BanRecord } from './records.ts';
import type { Tables } from './tables.ts';

/** What a jail's records are written by. */
export interface RecordRules {
  readonly nowMs: number;
  /** Most lines kept with a ban. */
  readonly maxMatches: number;
  /** Whether past bans are remembered now. */
  readonly remembers: boolean;
}

/** The records of one jail: what changes becomes records, and records become what was kept. */
export class JailRecords {
  readonly #jail: string;
  readonly #key: string;
  readonly #tables: Tables;
  #order = 0;

  constructor(jail: string, tables: Tables) {
    this.#jail = jail;
    this.#key = keyText(jail);
    this.#tables = tables;
  }

  read(): KeptJail {
    const bans = [...this.#tables.bans.under(this.#key)].sort((a, b) => a.order - b.order);
    this.#order = bans.at(-1)?.order ?? 0;
    const tallies = [...this.#tables.tallies.under(this.#key)].sort((a, b) => a.timeMs - b.timeMs);
    return {
      bans: bans.map(({ order, ...ban }) => ban),
      tallies: new Map<string, KeptTally>(tallies.map(({ id, ...tally }) => [id, tally])),
      seen: new Map<string, SeenMark>(
        [...this.#tables.seen.under(this.#key)].map(({ source, notedMs, ...mark }) => [source, mark]),
      ),
    };
  }

  /** @returns how many past bans were not remembered */
  apply(change: JailChange, rules: RecordRules): number {
    const { tallies, seen } = this.#tables;
    for (const [id, ban] of change.bans) this.#setBan(id, ban, rules.maxMatches);
    for (const [id, tally] of change.tallies)
      if (tally === undefined) tallies.remove([this.#key, keyText(id)]);
      else tallies.put([this.#key, keyText(id)], { ...tally, matches: [...tally.matches], id });
    for (const [source, mark] of change.seen)
      if (mark === undefined) seen.remove([this.#key, keyText(source)]);
      else seen.put([this.#key, keyText(source)], { ...mark, source, notedMs: rules.nowMs });
    for (const id of change.forgotten) this.#forget(id);
    for (const ban of change.decided) {
      this.#rememberLast(ban);
      if (rules.remembers) this.#rememberPast(ban, rules.maxMatches);
    }
    return rules.remembers ? 0 : change.decided.length;
  }

  /** Takes over a ban of another program, unless it is known already; says what it became. */
  take({ ban, as }: ImportedBan, nowMs: number, maxMatches: number): readonly (keyof ImportCounts)[] {
    const key = keyText(ban.id);
    if (as === 'past') {
      if (this.#tables.past.get([key, ban.bannedAtMs, this.#key]) !== undefined) return ['known'];
      this.#rememberPast(ban, maxMatches);
      return ['past'];
    }
    const known = this.#tables.last.get([key, this.#key]);
    if (known !== undefined && known.timeMs >= ban.bannedAtMs) return ['known'];
    this.#rememberLast(ban);
    if (ban.endMs <= nowMs) return ['last'];
    this.#setBan(ban.id, ban, maxMatches);
    return ['last', 'standing'];
  }

  #setBan(id: string, ban: KeptBan | undefined, maxMatches: number): void {
    const key = [this.#key, keyText(id)] as const;
    if (ban === undefined) {
      this.#tables.bans.remove(key);
      return;
    }
    const before: BanRecord | undefined = this.#tables.bans.get(key);
    const isSame = before !== undefined && before.bannedAtMs === ban.bannedAtMs;
    if (!isSame) this.#order += 1;
    const order = isSame ? before.order : this.#order;
    this.#tables.bans.put(key, { ...ban, matches: lastOf(ban.matches, maxMatches), order });
  }

  #rememberLast({ id, bannedAtMs: timeMs, endMs, count }: KeptBan): void {
    this.#tables.last.put([keyText(id), this.#key], { timeMs, banTimeMs: endMs - timeMs, count });
  }

  #rememberPast({ id, bannedAtMs: timeMs, failures, matches }: KeptBan, maxMatches: number): void {
    const record = { jail: this.#jail, timeMs, failures, matches: lastOf(matches, maxMatches) };
    this.#tables.past.put([keyText(id), timeMs, this.#key], record);
  }

  #forget(id: string): void {
    const key = keyText(id);
    this.#tables.last.remove([key, this.#key]);
    for (const { jail, timeMs } of this.#tables.past.under(key))
      if (jail === this.#jail) this.#tables.past.remove([key, timeMs, this.#key]);
  }
}

const lastOf = (matches: readonly string[], max: number): readonly string[] => (max > 0 ? matches.slice(-max) : []);

import type { BanHistory, PastBan, PastFailures } from '../state/ban-history.ts';
import { keyText } from './keys.ts';
import type { Tables } from './tables.ts';

/** Past bans as the store's tables have them: each answer is one or two look-ups in memory-mapped pages. */
export class RecordedHistory implements BanHistory {
  readonly #jail: string;
  readonly #key: string;
  readonly #tables: Tables;
  readonly #maxMatches: () => number;

  /** @param maxMatches most lines in an answer */
  constructor(jail: string, tables: Tables, maxMatches: () => number) {
    this.#jail = jail;
    this.#key = keyText(jail);
    this.#tables = tables;
    this.#maxMatches = maxMatches;
  }

  lastBan(id: string): PastBan | undefined {
    return this.#tables.last.get([keyText(id), this.#key]);
  }

  lastBanOverall(id: string): PastBan | undefined {
    let latest: PastBan | undefined;
    let count = 0;
    for (const ban of this.#tables.last.under(keyText(id))) {
      count += ban.count;
      if (latest === undefined || ban.timeMs >= latest.timeMs) latest = ban;
    }
    return latest && { ...latest, count };
  }

  failuresOf(id: string, where: 'jail' | 'overall'): PastFailures {
    const all = [...this.#tables.past.under(keyText(id))].sort((a, b) => a.timeMs - b.timeMs);
    const bans = where === 'overall' ? all : all.filter(({ jail }) => jail === this.#jail);
    const max = this.#maxMatches();
    const matches = max > 0 ? bans.flatMap((ban) => ban.matches).slice(-max) : [];
    return { failures: bans.reduce((sum, ban) => sum + ban.failures, 0), matches };
  }
}

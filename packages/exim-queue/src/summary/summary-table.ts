import type { QueueEntry } from '../queue-entry.ts';
import { shownBytes } from './shown-bytes.ts';
import type { SummaryRow } from './summary-row.ts';

type Counted = { -readonly [Name in keyof SummaryRow]: SummaryRow[Name] };

/** Where what has no room is counted. */
const restKey = '…';
/** Of a key that is longer, as nothing in mails should be, the beginning stands for it. */
const maxKeyChars = 500;

/** Counts messages under keys, of which it remembers so many at most. */
export class SummaryTable {
  readonly #maxKeys: number;
  readonly #nowSeconds: number;
  readonly #rows = new Map<string, Counted>();
  #rest: Counted | undefined;

  constructor(maxKeys: number, nowMs: number) {
    this.#maxKeys = maxKeys;
    this.#nowSeconds = Math.floor(nowMs / 1000);
  }

  /** Whether there were more keys than it may remember. */
  get isFull(): boolean {
    return this.#rest !== undefined;
  }

  /** Counts a message once under each of the keys; a key that comes twice counts twice. */
  add(entry: QueueEntry, keys: readonly string[]): void {
    const ageMs = (this.#nowSeconds - Math.floor(entry.receivedMs / 1000)) * 1000;
    const { sizeBytes = 0 } = entry;
    const shown = shownBytes(sizeBytes);
    for (const key of keys) {
      const row = this.#row(key, ageMs);
      row.count += 1;
      row.sizeBytes += sizeBytes;
      row.shownBytes += shown;
      row.oldestMs = Math.max(row.oldestMs, ageMs);
      row.newestMs = Math.min(row.newestMs, ageMs);
      if (entry.frozenSinceMs !== undefined || entry.state === 'frozen') row.frozen += 1;
    }
  }

  /** By count, the largest first; those of the same count by key. */
  rows(): SummaryRow[] {
    const rows: SummaryRow[] = [...this.#rows.values(), ...(this.#rest === undefined ? [] : [this.#rest])];
    return rows.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  }

  #row(whole: string, ageMs: number): Counted {
    const key = whole.length > maxKeyChars ? `${whole.slice(0, maxKeyChars)}…` : whole;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = { key, count: 0, sizeBytes: 0, shownBytes: 0, oldestMs: ageMs, newestMs: ageMs, frozen: 0 };
    if (this.#rows.size < this.#maxKeys) {
      this.#rows.set(key, row);
      return row;
    }
    this.#rest ??= { ...row, key: restKey };
    return this.#rest;
  }
}

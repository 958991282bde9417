import type { Environment } from './environment.ts';
import type { StoreKey } from './keys.ts';
import {
  type BanRecord,
  codecs,
  type LastRecord,
  type NamedRecord,
  type PastRecord,
  type SeenRecord,
  type TallyRecord,
} from './records.ts';
import { Table } from './table.ts';

/** All tables of a store; what they are to hold next is written together. */
export class Tables {
  readonly bans: Table<BanRecord>;
  readonly tallies: Table<TallyRecord>;
  readonly seen: Table<SeenRecord>;
  readonly last: Table<LastRecord>;
  readonly past: Table<PastRecord>;
  readonly named: Table<NamedRecord>;
  readonly #all: readonly Table<never>[];

  constructor(environment: Environment, onDamaged: (table: string, key: StoreKey) => void) {
    const table = <N extends keyof typeof codecs>(name: N) =>
      new Table(name, environment.table(name), codecs[name] as never, onDamaged) as never;
    this.bans = table('bans');
    this.tallies = table('tallies');
    this.seen = table('seen');
    this.last = table('last');
    this.past = table('past');
    this.named = table('named');
    this.#all = [this.bans, this.tallies, this.seen, this.last, this.past, this.named] as never;
  }

  /** Changes that are not on the disk. */
  get unsaved(): number {
    return this.#all.reduce((sum, table) => sum + table.unsaved, 0);
  }

  /** Bytes that the records take in the file. */
  get bytes(): number {
    return this.#all.reduce((sum, table) => sum + table.bytes, 0);
  }

  send(): void {
    for (const table of this.#all) table.send();
  }

  write(): void {
    for (const table of this.#all) table.write();
  }

  settle(isDurable: boolean): void {
    for (const table of this.#all) table.settle(isDurable);
  }
}

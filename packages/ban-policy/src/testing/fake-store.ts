import type { BanHistory, PastBan, PastFailures } from '../state/ban-history.ts';
import type { BanStore, JailStore } from '../state/ban-store.ts';
import type { JailChange, KeptBan, KeptJail, KeptTally, SeenMark } from '../state/kept-state.ts';

interface Disk {
  readonly bans: Map<string, KeptBan>;
  readonly tallies: Map<string, KeptTally>;
  readonly seen: Map<string, SeenMark>;
  readonly past: Map<string, { count: number; ban: KeptBan }>;
}

interface Open {
  readonly collect: () => JailChange | undefined;
  readonly pending: JailChange[];
}

const newDisk = (): Disk => ({ bans: new Map(), tallies: new Map(), seen: new Map(), past: new Map() });
const put = <V>(map: Map<string, V>, changes: ReadonlyMap<string, V | undefined>): void => {
  for (const [key, value] of changes) {
    map.delete(key);
    if (value !== undefined) map.set(key, value);
  }
};

const inOrder = (bans: Iterable<KeptBan>): KeptBan[] => [...bans].sort((a, b) => a.bannedAtMs - b.bannedAtMs);

/** A store in memory: what was flushed survives a {@link crash}, all else is lost. Flushes take a turn, and may be failed. */
export class FakeStore implements BanStore {
  readonly #disks = new Map<string, Disk>();
  #open = new Map<string, Open>();
  /** Where the source stands: kept in the same transaction as {@link durablePosition}. */
  position: () => number = () => 0;
  durablePosition = 0;
  /** Flushes since the beginning. */
  flushes = 0;
  /** Called when a flush is about to become durable; what it throws fails the flush. */
  onFlush: (() => void | Promise<void>) | undefined;

  /** What is durable of the jail. */
  disk(jail: string): KeptJail & { readonly past: ReadonlyMap<string, { count: number; ban: KeptBan }> } {
    const { bans, ...rest } = this.#diskOf(jail);
    return { ...rest, bans: [...bans.values()] };
  }

  openJail(jail: string, collect: () => JailChange | undefined): JailStore {
    const open: Open = { collect, pending: [] };
    this.#open.set(jail, open);
    const { bans, tallies, seen } = this.#diskOf(jail);
    return {
      kept: structuredClone({ bans: inOrder(bans.values()), tallies, seen }),
      history: this.#history(jail),
      touch: () => undefined,
      close: async () => {
        await this.flush();
        this.#open.delete(jail);
      },
    };
  }

  async flush(): Promise<void> {
    this.flushes += 1;
    const opened = [...this.#open];
    const position = this.position();
    for (const [, { collect, pending }] of opened) {
      const change = collect();
      if (change !== undefined) pending.push(change);
    }
    await Promise.resolve();
    await this.onFlush?.();
    for (const [jail, { pending }] of opened) {
      // A crash in between took the jail away.
      if (this.#open.get(jail)?.pending !== pending) continue;
      for (const change of pending.splice(0)) this.#write(jail, change);
      this.durablePosition = position;
    }
  }

  /** Ends the process: what is not durable is gone, and nobody is asked any more. */
  crash(): void {
    this.#open = new Map();
  }

  #write(jail: string, change: JailChange): void {
    const { bans, tallies, seen, past } = this.#diskOf(jail);
    put(bans, change.bans);
    put(tallies, change.tallies);
    put(seen, change.seen);
    for (const id of change.forgotten) past.delete(id);
    for (const ban of change.decided) past.set(ban.id, { count: ban.count, ban });
  }

  #history(jail: string): BanHistory {
    const pastOf = (name: string, id: string): PastBan | undefined => {
      let ban = this.#diskOf(name).past.get(id)?.ban;
      for (const { forgotten, decided } of this.#open.get(name)?.pending ?? []) {
        if (forgotten.includes(id)) ban = undefined;
        ban = decided.findLast((one) => one.id === id) ?? ban;
      }
      return ban && { timeMs: ban.bannedAtMs, banTimeMs: ban.endMs - ban.bannedAtMs, count: ban.count };
    };
    return {
      lastBan: (id) => pastOf(jail, id),
      lastBanOverall: (id) => {
        const all = [...this.#disks.keys()].flatMap((name) => pastOf(name, id) ?? []);
        if (all.length === 0) return undefined;
        return {
          timeMs: Math.max(...all.map(({ timeMs }) => timeMs)),
          banTimeMs: all.reduce((sum, { banTimeMs }) => sum + banTimeMs, 0),
          count: all.reduce((sum, { count }) => sum + count, 0),
        };
      },
      failuresOf: (): PastFailures => ({ failures: 0, matches: [] }),
    };
  }

  #diskOf(jail: string): Disk {
    const disk = this.#disks.get(jail) ?? newDisk();
    this.#disks.set(jail, disk);
    return disk;
  }
}

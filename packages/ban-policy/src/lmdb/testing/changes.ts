import { parseAddress } from '@sluice/pipeline';
import type { JailChange, KeptBan, KeptTally } from '../../state/kept-state.ts';

const address = (id: string) => {
  const parsed = parseAddress(id);
  return parsed && { address: parsed };
};

/** A ban of ten minutes. */
export const banOf = (id: string, bannedAtMs = 1000, more: Partial<KeptBan> = {}): KeptBan => ({
  id,
  ...address(id),
  bannedAtMs,
  banTimeMs: 600_000,
  endMs: bannedAtMs + 600_000,
  failures: 5,
  count: 1,
  matches: ['line 1', 'line 2'],
  groups: { user: 'root' },
  ...more,
});

export const tallyOf = (timeMs: number, more: Partial<KeptTally> = {}): KeptTally => ({
  firstMs: timeMs - 1000,
  timeMs,
  retry: 2,
  failures: 2,
  matches: ['one', 'two'],
  ...more,
});

/** A change that holds only this. */
export const changeOf = (change: Partial<JailChange>): JailChange => ({
  bans: new Map(),
  tallies: new Map(),
  seen: new Map(),
  forgotten: [],
  decided: [],
  ...change,
});

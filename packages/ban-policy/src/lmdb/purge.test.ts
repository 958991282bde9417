import { CounterMetrics } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { Environment, makeFolder } from './environment.ts';
import { resolveStoreOptions } from './options.ts';
import { Purger } from './purger.ts';
import { Tables } from './tables.ts';
import { banOf, tallyOf } from './testing/changes.ts';
import { openTestJail, storesOfTest } from './testing/stores.ts';

const temp = tempFolder();
const open = storesOfTest();
const day = 86_400_000;
const now = 100 * day;
const clock = { nowMs: () => now };

/** Lets a purger that was made for the state take so many steps; returns what it forgot. */
async function purge(
  steps: number,
  options: { purgeAgeMs?: number; maxHistoryBytes?: number } = {},
  openJails: readonly string[] = [],
) {
  const folder = temp('state');
  makeFolder(folder);
  const environment = Environment.open(folder, false, () => {});
  const tables = new Tables(environment, () => {});
  let forgotten = 0;
  const purger = new Purger(tables, resolveStoreOptions({ clock, ...options }), {
    isOpen: (key) => openJails.includes(key),
    onPurged: (count) => {
      forgotten += count;
    },
  });
  for (let step = 0; step < steps; step += 1) {
    purger.step();
    tables.send();
    await environment.commit(() => tables.write());
    tables.settle(true);
  }
  purger.stop();
  await environment.close();
  return forgotten;
}

describe('forgetting', () => {
  test('past bans go at the purge age, last bans when three times their length are over as well, those for ever never', async () => {
    const store = open(temp('state'), { clock });
    const jail = openTestJail(store);
    const short = { banTimeMs: 1000, endMs: now - 2 * day + 1000 };
    const long = { banTimeMs: day, endMs: now - day };
    const forever = { banTimeMs: Number.POSITIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };
    const at = now - 2 * day;
    jail.change({
      decided: [
        banOf('short', at, short),
        banOf('long', at, long),
        banOf('forever', at, forever),
        banOf('new', now - 1000),
      ],
    });
    await store.close();
    expect(await purge(5)).toBe(4);
    const { history } = openTestJail(open(temp('state'), { clock }));
    const ids = ['short', 'long', 'forever', 'new'];
    expect(ids.filter((id) => history.lastBan(id) !== undefined)).toEqual(['long', 'forever', 'new']);
    expect(ids.filter((id) => history.failuresOf(id, 'jail').failures > 0)).toEqual(['new']);
  });

  test('what a jail left that no longer runs goes too, but not what one has that runs', async () => {
    const store = open(temp('state'), { clock });
    const old = now - 10 * day;
    for (const name of ['running', 'gone'])
      openTestJail(store, name).change({
        bans: new Map([['a', banOf('a', old)]]),
        tallies: new Map([['b', tallyOf(old)]]),
      });
    await store.close();
    expect(await purge(5, {}, ['running'])).toBe(2);
    const again = open(temp('state'), { clock });
    expect(openTestJail(again, 'running').kept).toMatchObject({ bans: [{ id: 'a' }] });
    expect(openTestJail(again, 'running2').kept.bans).toEqual([]);
    expect(openTestJail(again, 'gone').kept.bans).toEqual([]);
  });

  test('looks at many records a few at a time, and misses none', async () => {
    const store = open(temp('state'), { clock });
    const bans = Array.from({ length: 1700 }, (_, index) =>
      banOf(`id ${index}`, index % 2 === 0 ? now - 5 * day : now),
    );
    openTestJail(store).change({ decided: bans });
    await store.close();
    // Half of them, past and last.
    expect(await purge(11)).toBe(1700);
  });

  test('data above its bound is remembered shorter and shorter, and bans are kept without a history', async () => {
    const metrics = new CounterMetrics();
    const many = Array.from({ length: 12_000 }, (_, index) =>
      banOf(`id ${index}`, now - 3600_000, { matches: ['x'.repeat(200)] }),
    );
    let store = open(temp('state'), { clock });
    openTestJail(store).change({ decided: many });
    await store.close();

    store = open(temp('state'), { clock, metrics, maxHistoryBytes: 2 ** 20 });
    const jail = openTestJail(store);
    jail.change({ bans: new Map([['late', banOf('late', now)]]), decided: [banOf('late', now)] });
    await store.flush();
    expect(jail.history.lastBan('late')?.count).toBe(1);
    expect(jail.history.failuresOf('late', 'jail').failures).toBe(0);
    expect(metrics.get('ban_policy_store_unremembered_bans_total')).toBe(1);
    await store.close();

    expect(await purge(400, { maxHistoryBytes: 2 ** 20 })).toBeGreaterThanOrEqual(12_000);
    const after = openTestJail(open(temp('state'), { clock }));
    expect(after.kept.bans.map(({ id }) => id)).toEqual(['late']);
  });
});

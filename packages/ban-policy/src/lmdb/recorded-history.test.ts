import fc from 'fast-check';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { banOf } from './testing/changes.ts';
import { openTestJail, storesOfTest } from './testing/stores.ts';

const temp = tempFolder();
const open = storesOfTest();

describe('the history', () => {
  test('knows the last ban of an id in the jail, and the sum over all', async () => {
    const store = open(temp('state'));
    const [ssh, web] = [openTestJail(store, 'sshd'), openTestJail(store, 'web')];
    ssh.change({ decided: [banOf('a', 1000, { count: 3 })] });
    web.change({ decided: [banOf('a', 2000, { count: 2, endMs: 9000 })] });
    await store.flush();
    expect(ssh.history.lastBan('a')).toEqual({ timeMs: 1000, banTimeMs: 600_000, count: 3 });
    expect(ssh.history.lastBanOverall('a')).toEqual({ timeMs: 2000, banTimeMs: 7000, count: 5 });
    expect(ssh.history.lastBan('b')).toBeUndefined();
    expect(ssh.history.lastBanOverall('b')).toBeUndefined();
  });

  test('puts failures and lines of past bans together, oldest first', async () => {
    const store = open(temp('state'), { maxMatches: 3 });
    const [ssh, web] = [openTestJail(store, 'sshd'), openTestJail(store, 'web')];
    ssh.change({ decided: [banOf('a', 3000, { matches: ['3'], failures: 1 }), banOf('b', 1)] });
    ssh.change({ decided: [banOf('a', 1000, { matches: ['0', '1'], failures: 2 })] });
    web.change({ decided: [banOf('a', 2000, { matches: ['2'], failures: 4 })] });
    await store.flush();
    await store.flush();
    expect(ssh.history.failuresOf('a', 'jail')).toEqual({ failures: 3, matches: ['0', '1', '3'] });
    expect(ssh.history.failuresOf('a', 'overall')).toEqual({ failures: 7, matches: ['1', '2', '3'] });
    expect(ssh.history.failuresOf('c', 'overall')).toEqual({ failures: 0, matches: [] });
  });

  test('forgets an id in one jail, and remembers what was decided after', async () => {
    const store = open(temp('state'));
    const [ssh, web] = [openTestJail(store, 'sshd'), openTestJail(store, 'web')];
    ssh.change({ decided: [banOf('a', 1000), banOf('a', 2000, { count: 2 })] });
    web.change({ decided: [banOf('a', 1500)] });
    await store.flush();
    ssh.change({ forgotten: ['a'], decided: [banOf('a', 3000)] });
    await store.flush();
    expect(ssh.history.lastBan('a')).toEqual({ timeMs: 3000, banTimeMs: 600_000, count: 1 });
    expect(ssh.history.failuresOf('a', 'jail').failures).toBe(5);
    expect(web.history.failuresOf('a', 'overall').failures).toBe(10);
  });

  test('answers alike whether what it was told is on the disk, on its way, or collected only', async () => {
    const change = fc.oneof(
      fc.record({ id: fc.constantFrom('a', 'b'), time: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ forget: fc.constantFrom('a', 'b') }),
      fc.constant('flush' as const),
      fc.constant('reopen' as const),
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 20 }), async (changes) => {
        round += 1;
        const model = new Map<string, Map<number, number>>();
        let store = open(temp(`state${round}`));
        let jail = openTestJail(store);
        for (const step of changes) {
          if (step === 'flush') await store.flush();
          else if (step === 'reopen') {
            await jail.drain();
            await store.close();
            store = open(temp(`state${round}`));
            jail = openTestJail(store);
          } else if ('forget' in step) {
            model.delete(step.forget);
            jail.change({ forgotten: [step.forget] });
          } else {
            model.set(step.id, (model.get(step.id) ?? new Map()).set(step.time, 5));
            jail.change({ decided: [banOf(step.id, step.time)] });
          }
          if (typeof step === 'object') void store.flush();
          await Promise.resolve();
          await Promise.resolve();
        }
        await jail.drain();
        for (const id of ['a', 'b'])
          expect(jail.history.failuresOf(id, 'jail').failures).toBe(5 * (model.get(id)?.size ?? 0));
        await store.close();
      }),
      { numRuns: 60 },
    );
  });
});

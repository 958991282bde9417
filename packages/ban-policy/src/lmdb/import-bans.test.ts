import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { importBans } from './import-bans.ts';
import { banOf } from './testing/changes.ts';
import { openTestJail, storesOfTest } from './testing/stores.ts';

const temp = tempFolder();
const open = storesOfTest();

describe('importBans', () => {
  test('tells what came over of each jail, and what stands of it', async () => {
    const store = open(temp('state'));
    const counts = await importBans(
      store,
      [
        { jail: 'sshd', ban: banOf('a', 1000), as: 'past' },
        { jail: 'sshd', ban: banOf('a', 1000), as: 'last' },
        { jail: 'sshd', ban: banOf('b', 1000, { endMs: 2000, banTimeMs: 1000, count: 4 }), as: 'last' },
        {
          jail: 'web',
          ban: banOf('a', 1000, { endMs: Number.POSITIVE_INFINITY, banTimeMs: Number.POSITIVE_INFINITY }),
          as: 'last',
        },
        { jail: 'web', ban: banOf('a', 1000), as: 'last' },
      ],
      5000,
    );
    expect(counts).toEqual(
      new Map([
        ['sshd', { standing: 1, last: 2, past: 1, known: 0 }],
        ['web', { standing: 1, last: 1, past: 0, known: 1 }],
      ]),
    );
    const { kept, history } = openTestJail(store);
    expect(kept.bans.map(({ id }) => id)).toEqual(['a']);
    expect(history.lastBan('b')?.count).toBe(4);
    expect(history.lastBanOverall('a')?.count).toBe(2);
  });

  test('puts imported bans behind those that stood', async () => {
    const store = open(temp('state'));
    const jail = openTestJail(store);
    jail.change({ bans: new Map([['own', banOf('own', 9000)]]), decided: [banOf('own', 9000)] });
    await jail.close();
    await importBans(store, [{ jail: 'sshd', ban: banOf('other', 1000), as: 'last' }], 5000);
    expect(openTestJail(store).kept.bans.map(({ id }) => id)).toEqual(['own', 'other']);
  });

  test('is refused what a running jail has', async () => {
    const store = open(temp('state'));
    openTestJail(store);
    const item = { jail: 'sshd', ban: banOf('a', 1000), as: 'last' } as const;
    await expect(importBans(store, [item], 5000)).rejects.toThrow('the jail "sshd" takes part in the state already');
  });
});

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ringRejects } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { JailChange, KeptBan } from '../state/kept-state.ts';
import type { LmdbBanStore } from './lmdb-ban-store.ts';
import { openBanStore } from './open-ban-store.ts';
import { banOf, changeOf, tallyOf } from './testing/changes.ts';

const temp = tempFolder();
const stores: LmdbBanStore[] = [];
const open = (...args: Parameters<typeof openBanStore>) => {
  const store = openBanStore(...args);
  stores.push(store);
  return store;
};
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});
const nothing = () => undefined;

/** Opens a jail that has one change to give. */
function openJail(store: LmdbBanStore, jail: string, change: Partial<JailChange>) {
  let left: JailChange | undefined = changeOf(change);
  return store.openJail(jail, () => {
    const now = left;
    left = undefined;
    return now;
  });
}

describe('openBanStore', () => {
  test('gives back bans in their order, counters and marks after it was opened anew', async () => {
    const bans = ['192.0.2.3', '192.0.2.1', '192.0.2.2'].map((id, index) => banOf(id, 3000 - index * 1000));
    const forever = banOf('2001:db8::1', 5000, {
      endMs: Number.POSITIVE_INFINITY,
      banTimeMs: Number.POSITIVE_INFINITY,
    });
    const all = [...bans, forever];
    const tally = tallyOf(7000, { times: [6000, 7000] });
    const store = open(temp('state'));
    openJail(store, 'sshd', {
      bans: new Map(all.map((ban) => [ban.id, ban])),
      tallies: new Map([['192.0.2.9', tally]]),
      seen: new Map([['auth.log:1', { offset: 2 ** 52, ids: ['192.0.2.9'] }]]),
      decided: all,
    });
    await store.close();

    const { kept, history } = open(temp('state')).openJail('sshd', nothing);
    expect(kept.bans).toEqual(all);
    expect(kept.tallies).toEqual(new Map([['192.0.2.9', tally]]));
    expect(kept.seen).toEqual(new Map([['auth.log:1', { offset: 2 ** 52, ids: ['192.0.2.9'] }]]));
    expect(history.lastBan('2001:db8::1')).toEqual({ timeMs: 5000, banTimeMs: Number.POSITIVE_INFINITY, count: 1 });
  });

  test('is for its owner only and for one process', () => {
    const store = open(temp('a/state'));
    expect(statSync(temp('a/state')).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(store.path)) expect(statSync(temp(`a/state/${file}`)).mode & 0o077).toBe(0);
    expect(() => openBanStore(temp('a/state'))).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_POLICY_STORE_LOCKED', value: process.pid }),
    );
  });

  test('is taken over from a process that is no more, also when its number is in use again', async () => {
    await open(temp('state')).close();
    for (const owner of [{ pid: 2 ** 22 + 1, started: '' }, { pid: process.pid, started: 'another boot 1' }, 'torn']) {
      writeFileSync(temp('state/owner'), JSON.stringify(owner));
      await open(temp('state')).close();
    }
    expect(existsSync(temp('state/owner'))).toBe(false);
  });

  test.each([
    ['text', Buffer.from('not a database')],
    ['zeros', Buffer.alloc(20_000)],
    ['noise', Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251))],
  ])('moves a file of %s aside, says so, and begins anew', async (_, content) => {
    await open(temp('state')).close();
    writeFileSync(temp('state/data.mdb'), content);
    const rejects = ringRejects(10);
    const store = open(temp('state'), { rejects });
    expect(store.openJail('sshd', nothing).kept.bans).toEqual([]);
    const aside = readdirSync(temp('state')).filter((file) => file.startsWith('data.mdb.corrupt-'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(temp(`state/${aside[0]}`))).toEqual(content);
    expect(rejects.last).toEqual([expect.objectContaining({ code: 'ERR_BAN_POLICY_STORE_DAMAGED' })]);
    expect(rejects.last[0]?.reason).toContain(`state/${aside[0]}`);
  });

  test('says what cannot be a folder', () => {
    writeFileSync(temp('file'), '');
    expect(() => openBanStore(temp('file'))).toThrow(expect.objectContaining({ code: 'ERR_BAN_POLICY_STORE' }));
    expect(() => openBanStore(temp('file/below'))).toThrow(/file\/below: the state cannot be opened: .*; /);
    expect(() => openBanStore('')).toThrow('folder: expected a path');
  });

  test('keeps ids of any shape apart', async () => {
    const ids = [
      '',
      '#',
      'a\0b',
      'a\ud800',
      'a\ufffd',
      'é',
      'x'.repeat(5000),
      `${'x'.repeat(4999)}y`,
      '__proto__',
      '7',
    ];
    const store = open(temp('state'));
    openJail(store, 'jail\0 of é', {
      bans: new Map(ids.map((id) => [id, banOf(id)])),
      decided: ids.map((id) => banOf(id)),
    });
    await store.close();
    const { kept, history } = open(temp('state')).openJail('jail\0 of é', nothing);
    expect(kept.bans.map(({ id }: KeptBan) => id)).toEqual(ids);
    for (const id of ids) expect(history.lastBan(id)?.count).toBe(1);
  });
});

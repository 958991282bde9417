import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { ended, killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { program, testWith } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { Environment } from './environment.ts';
import { banStoreMetrics } from './metrics.ts';
import { banOf } from './testing/changes.ts';
import { openTestJail, storesOfTest } from './testing/stores.ts';

const temp = tempFolder();
const open = storesOfTest();
const child = (name: string) => new URL(`./testing/${name}.ts`, import.meta.url);
afterEach(killChildren);

const root = { text: 'the rights of root', isThere: process.getuid?.() === 0, isOptional: true };

describe('state on the disk', () => {
  test('holds all that was confirmed, and one moment of everything, after kill -9 at any point', async () => {
    let bans = 0;
    for (let life = 0; life < 8; life += 1) {
      const writer = spawnChild(child('writer-child'), [temp('state')]);
      const output = ended(writer);
      const started = new Promise((resolve) => writer.stdout?.once('data', resolve));
      await started;
      await sleep(Math.random() * 60);
      writer.kill('SIGKILL');
      const { stdout, stderr } = await output;
      expect(stderr).toBe('');
      const confirmed = Number(stdout.trim().split('\n').at(-1));

      const store = open(temp('state'));
      const { kept, history } = openTestJail(store);
      const known = kept.bans.length;
      expect(known).toBeGreaterThanOrEqual(confirmed);
      expect(known).toBeGreaterThan(bans);
      bans = known;
      expect(kept.bans.map(({ bannedAtMs }) => bannedAtMs)).toEqual(
        Array.from({ length: known }, (_, index) => index + 1),
      );
      expect(kept.tallies.get('counter')?.timeMs).toBe(known);
      expect(kept.seen.get('log')?.offset).toBe(known);
      expect(store.records('numbers').get('last')).toBe(known);
      expect(history.lastBan(`ban ${known}`)?.count).toBe(1);
      await store.close();
    }
  });

  testWith([{ ...program('strace'), isOptional: true }], 'is synced to the disk before a flush resolves', async () => {
    const trace = temp('trace');
    const strace = ['strace', '-f', '-o', trace, '-e', 'trace=fdatasync,fsync,write'];
    const { stdout } = await ended(spawnChild(child('writer-child'), [temp('state'), '5'], {}, strace));
    expect(stdout.trim().split('\n')).toHaveLength(5);
    let synced = 0;
    let confirmed = 0;
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      if (/fdatasync\(.*= 0|<\.\.\. fdatasync resumed>.*= 0/.test(line)) synced += 1;
      const number = /write\(1, "(\d+)\\n"/.exec(line)?.[1];
      if (number === undefined) continue;
      confirmed = Number(number);
      expect(synced).toBeGreaterThanOrEqual(confirmed);
    }
    expect(confirmed).toBe(5);
  });

  testWith([program('unshare', 'util-linux'), root], 'loses nothing on a disk that is full for a while', async () => {
    const disk = temp('disk');
    mkdirSync(disk);
    const inside = 'mount -t tmpfs -o size=4m none "$0" && exec "$@"';
    const wrapper = ['unshare', '-m', 'sh', '-c', inside, disk];
    const { stdout, stderr } = await ended(spawnChild(child('faulty-disk-child'), [disk], {}, wrapper));
    expect(stderr).not.toMatch(/Unhandled|at file:/);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ kept: 1000, known: 1000, sync: 'ERR_BAN_POLICY_STORE', unhandled: 0 });
    expect(new Set(result.codes)).toEqual(new Set(['ERR_BAN_POLICY_STORE']));
    expect(result.messages[0]).toMatch(
      /state: the state cannot be written: its disk is full \([^:]+\); make room on it$/,
    );
    expect(result.reasons).toHaveLength(1);
    expect(result.reasons[0]).toMatch(/\d+ changes wait in memory$/);
  });

  testWith([program('unshare', 'util-linux'), root], 'says that its disk is full when it cannot be made', async () => {
    const disk = temp('disk');
    mkdirSync(disk);
    const inside = 'mount -t tmpfs -o size=256k none "$0"; head -c "$1" /dev/zero > "$0/filler"; shift; exec "$@"';
    for (const filled of ['256k', '252k', '248k', '244k', '216k']) {
      const wrapper = ['unshare', '-m', 'sh', '-c', inside, disk, filled];
      const { stdout, signal } = await ended(spawnChild(child('open-child'), [`${disk}/state`], {}, wrapper));
      expect([signal, stdout]).toEqual([null, expect.stringMatching(/disk is full[^:]*(?::.*)?; make room [^:]*\n$/)]);
    }
  });

  test('that was cut short is moved aside, and ends no process', async () => {
    const store = open(temp('state'));
    const jail = openTestJail(store);
    const bans = Array.from({ length: 2000 }, (_, index) => banOf(`192.0.2.${index}`, index));
    jail.change({ bans: new Map(bans.map((ban) => [ban.id, ban])), decided: bans });
    await store.close();
    const file = path.join(store.path, 'data.mdb');
    const whole = readFileSync(file);
    for (const part of [0.9, 0.5, 0.1, 0.05]) {
      writeFileSync(file, whole);
      truncateSync(file, Math.floor(whole.length * part));
      const rejects = ringRejects(5);
      const again = open(temp('state'), { rejects });
      expect(openTestJail(again).kept.bans).toEqual([]);
      expect(rejects.last).toEqual([expect.objectContaining({ code: 'ERR_BAN_POLICY_STORE_DAMAGED' })]);
      await again.close();
    }
  });

  test('with pages that are wrong is moved aside when the process before did not close it', async () => {
    const store = open(temp('state'));
    const jail = openTestJail(store);
    const bans = Array.from({ length: 2000 }, (_, index) => banOf(`192.0.2.${index}`, index));
    jail.change({ bans: new Map(bans.map((ban) => [ban.id, ban])) });
    await store.close();
    const file = path.join(store.path, 'data.mdb');
    const content = readFileSync(file);
    const middle = Math.floor(content.length / 2) & ~4095;
    writeFileSync(file, content.fill(0, middle, middle + 40_960));
    writeFileSync(path.join(store.path, 'owner'), JSON.stringify({ pid: 2 ** 22 + 1, started: '' }));
    const rejects = ringRejects(5);
    expect(openTestJail(open(temp('state'), { rejects })).kept.bans).toEqual([]);
    expect(rejects.last.map(({ code }) => code)).toEqual(['ERR_BAN_POLICY_STORE_DAMAGED']);
  });

  test('with a record that cannot be read is read but for that, and says so', async () => {
    const store = open(temp('state'));
    const jail = openTestJail(store);
    jail.change({ bans: new Map(['a', 'b'].map((id) => [id, banOf(id)])), decided: [banOf('a')] });
    await store.close();
    const environment = Environment.open(temp('state'), false, () => {});
    const bad = environment.table('bans');
    environment.commitSync(() => {
      void bad.put(['sshd', 'a'], '{"id":"a"}');
      void environment.table('last').put(['a', 'sshd'], 'no JSON');
    });
    await environment.close();
    const rejects = ringRejects(5);
    const metrics = new CounterMetrics();
    const { kept, history } = openTestJail(open(temp('state'), { rejects, metrics }));
    expect(kept.bans.map(({ id }) => id)).toEqual(['b']);
    expect(history.lastBan('a')).toBeUndefined();
    expect(metrics.get(banStoreMetrics.damaged)).toBe(2);
    expect(rejects.last.map(({ code }) => code)).toEqual(Array(2).fill('ERR_BAN_POLICY_STORE_DAMAGED'));
  });

  test.each(['{"kind":"sluice-ban-state","version":2}', '{"kind":"something","version":1}', 'none'])(
    'that says of itself %s is refused and left as it is',
    async (about) => {
      const environment = Environment.open(temp('.'), false, () => {});
      const names = environment.table('about') as unknown as { put(name: string, text: string): unknown };
      environment.commitSync(() => void names.put('about', about));
      await environment.close();
      const before = readFileSync(temp('data.mdb'));
      expect(() => open(temp('.'))).toThrow(
        expect.objectContaining({
          code: 'ERR_BAN_POLICY_STORE_VERSION',
          message: expect.stringContaining(`the state is ${about}, known is`),
        }),
      );
      expect(readFileSync(temp('data.mdb')).equals(before)).toBe(true);
    },
  );
});

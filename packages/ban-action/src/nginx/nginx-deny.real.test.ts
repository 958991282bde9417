import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ban } from '@sluice/pipeline';
import { startChild } from '../../../../tools/testing/child.ts';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { NetworkBackend } from '../networks/network-backend.ts';
import { ban, unban } from '../testing/events.ts';
import { nginxDeny } from './nginx-deny.ts';
import type { DenyFormat, NginxDenyOptions } from './options.ts';
import { RealNginx } from './testing/real-nginx.ts';

describeWith([program('nginx')], 'nginxDeny and a real nginx', () => {
  const folder = tempFolder();
  const running: RealNginx[] = [];
  afterEach(async () => {
    for (const nginx of running.splice(0)) await nginx.stop();
  });

  interface Scene {
    readonly nginx: RealNginx;
    readonly backend: NetworkBackend;
  }
  const open = async (format: DenyFormat = 'geo', options: Partial<NginxDenyOptions> = {}): Promise<Scene> => {
    const file = folder('sluice.deny');
    const nginx = await RealNginx.prepare(folder(), file, format);
    running.push(nginx);
    const { reloadCommand, testCommand } = nginx;
    const backend = nginxDeny({ file, format, reloadCommand, testCommand, reloadIntervalMs: 50, ...options });
    await backend.start();
    return { nginx, backend };
  };

  test.each(['geo', 'map', 'deny'] as const)(
    '%s: a banned client is denied and others are served, until the unban',
    async (format) => {
      const { nginx, backend } = await open(format);
      await nginx.start();
      const clients = ['203.0.113.7', '2001:db8::5', '2001:db8:0:1::', '2001:0:0:1:1:0:0:1'];
      const statuses = (status: number): Record<string, number> =>
        Object.fromEntries(clients.map((id) => [id, status]));
      expect((await backend.apply(clients.map((id) => ban(id)))).every(({ ok }) => ok)).toBe(true);
      await nginx.answers({ ...statuses(403), '203.0.113.8': 200, '2001:db9::5': 200 });
      await backend.apply(clients.map((id) => unban(id)));
      await nginx.answers(statuses(200));
      expect(nginx.reloads).toBe(2);
    },
  );

  test('a banned /64 and a banned /24 take in all who are there', async () => {
    const { nginx, backend } = await open('geo', { ipv4Prefix: 24 });
    await nginx.start();
    await backend.apply([ban('203.0.113.7'), ban('2001:db8:1:2::3')]);
    await nginx.answers({
      '203.0.113.250': 403,
      '203.0.114.1': 200,
      '2001:db8:1:2:ffff::1': 403,
      '2001:db8:1:3::1': 200,
    });
  });

  test('however often it is told, nginx reloads once in an interval, and the last word stands', async () => {
    const { nginx, backend } = await open('geo', { reloadIntervalMs: 300 });
    await nginx.start();
    const startedMs = performance.now();
    const commits = Array.from({ length: 5 }, (_, n) => backend.apply([ban(`203.0.113.${n}`)]));
    await Promise.all(commits);
    expect(performance.now() - startedMs).toBeGreaterThan(4 * 300);
    expect(nginx.reloads).toBe(5);
    await nginx.answers({ '203.0.113.0': 403, '203.0.113.4': 403 });
    await backend.apply([ban('203.0.113.4', 900_000)]);
    await backend.apply([unban('203.0.113.99')]);
    expect(nginx.reloads).toBe(5);
  });

  test('lets in on time, by itself', async () => {
    const { nginx, backend } = await open();
    await nginx.start();
    await backend.apply([ban('203.0.113.7', 500)]);
    await nginx.answers({ '203.0.113.7': 403 });
    await nginx.answers({ '203.0.113.7': 200 });
    expect(await backend.list()).toEqual([]);
    await backend.stop();
  });

  test('where nginx does not run, the ban is an error, and stands when nginx starts', async () => {
    const { nginx, backend } = await open();
    const [outcome] = await backend.apply([ban('203.0.113.7')]);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ERR_BAN_ACTION_FAILED' } });
    expect(outcome?.error?.message).toMatch(/nginx\.pid/);
    await nginx.start();
    await nginx.answers({ '203.0.113.7': 403 });
    expect(await backend.apply([ban('203.0.113.8')])).toMatchObject([{ ok: true }]);
    await nginx.answers({ '203.0.113.7': 403, '203.0.113.8': 403 });
  });

  test('where nginx refuses its configuration, the old file comes back, and the ban goes with the next batch', async () => {
    const { nginx, backend } = await open();
    await nginx.start();
    await backend.apply([ban('203.0.113.1')]);
    const before = readFileSync(folder('sluice.deny'), 'utf8');
    nginx.configure(folder('sluice.deny'), 'geo', 'no_such_directive;');
    expect(await backend.apply([ban('203.0.113.7')])).toMatchObject([
      { ok: false, error: { message: expect.stringContaining('no_such_directive') } },
    ]);
    expect(readFileSync(folder('sluice.deny'), 'utf8')).toBe(before);
    nginx.configure(folder('sluice.deny'), 'geo');
    await backend.apply([ban('203.0.113.8')]);
    await nginx.answers({ '203.0.113.1': 403, '203.0.113.7': 403, '203.0.113.8': 403 });
  });

  test('100,000 networks are one file and one reload', async () => {
    const { nginx, backend } = await open();
    await nginx.start();
    const ids = Array.from({ length: 50_000 }, (_, n) => [
      `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
      `2001:db8:${n.toString(16)}::1`,
    ]).flat();
    const outcomes = await backend.reconcile(ids.map((id) => ban(id) as Ban));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    await nginx.answers({ '10.0.195.79': 403, '2001:db8:c34f::9': 403, '10.0.195.80': 200, '2001:db8:c350::1': 200 });
    expect(nginx.reloads).toBe(1);
    expect(await backend.list()).toHaveLength(100_000);
  });

  test('one that is killed in the middle of its work leaves a whole file, old or new', async () => {
    const { nginx } = await open();
    const file = folder('sluice.deny');
    for (let round = 0; round < 8; round += 1) {
      const writer = await startChild(new URL('testing/deny-writer.ts', import.meta.url), [file]);
      await sleep(round * 9);
      writer.kill('SIGKILL');
      await new Promise((resolve) => writer.once('exit', resolve));
      const lines = readFileSync(file, 'utf8').split('\n');
      expect([20_002, 40_002]).toContain(lines.length);
      expect(lines.at(-2)).toMatch(/ 1; # jail=sshd$/);
    }
    await nginx.start();
    await nginx.answers({ '10.0.0.9': 403 });
    const { backend } = await open();
    expect([20_000, 40_000]).toContain((await backend.list()).length);
    await backend.apply([ban('203.0.113.7')]);
    expect(existsSync(folder('.sluice.deny.new'))).toBe(false);
  });
});

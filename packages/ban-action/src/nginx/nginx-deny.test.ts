import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { fixedClock } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { Command, CommandResult, CommandRunner } from '../commands/command-runner.ts';
import { dryRun } from '../dry-run.ts';
import type { NetworkBackend } from '../networks/network-backend.ts';
import type { NetworkChange } from '../networks/network-driver.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { nginxDeny } from './nginx-deny.ts';
import { NginxDriver } from './nginx-driver.ts';
import { type NginxDenyOptions, resolveNginxOptions } from './options.ts';

const fine: CommandResult = { exitCode: 0, stdout: '', stderr: '', timedOut: false };
const mark = '# Networks that Sluice denies. This file is written by a program: changes by hand are lost.\n';
const nowMs = Date.UTC(2026, 10, 23);
const at = { timeMs: nowMs, endMs: nowMs + 600_000 };

describe('nginxDeny', () => {
  const folder = tempFolder();
  const commands: string[] = [];
  beforeEach(() => {
    commands.length = 0;
  });

  const runner = (results: readonly Partial<CommandResult>[] = []): CommandRunner => {
    const left = [...results];
    return {
      run: async ({ argv }: Command) => {
        commands.push(argv.join(' '));
        return { ...fine, ...left.shift() };
      },
    };
  };
  const make = (options: Partial<NginxDenyOptions> = {}): NetworkBackend =>
    nginxDeny({ file: folder('deny'), reloadIntervalMs: 0, runner: runner(), clock: fixedClock(nowMs), ...options });
  const open = async (options: Partial<NginxDenyOptions> = {}): Promise<NetworkBackend> => {
    const backend = make(options);
    await backend.start();
    return backend;
  };
  const text = (): string => readFileSync(folder('deny'), 'utf8');

  test('writes networks as nginx reads them, with jail and end for people', async () => {
    const backend = await open();
    expect(text()).toBe(mark);
    const forever = { endMs: Number.POSITIVE_INFINITY };
    await backend.apply([ban('203.0.113.7', 0, at), ban('2001:db8::1', 0, { ...forever, jail: 'x; } evil' })]);
    expect(text()).toBe(`${mark}203.0.113.7/32 1; # jail=sshd until=2026-11-23T00:10:00.000Z\n2001:db8::/64 1;\n`);
    expect(commands).toEqual(['nginx -s reload']);
  });

  test.each([
    ['deny', {}, 'deny 203.0.113.7/32; # jail=sshd until=2026-11-23T00:10:00.000Z\n'],
    ['map', {}, '203.0.113.7 1; # jail=sshd until=2026-11-23T00:10:00.000Z\n::ffff:203.0.113.7 1;\n'],
    ['geo', { ipv4Prefix: 24 }, '203.0.113.0/24 1; # jail=sshd until=2026-11-23T00:10:00.000Z\n'],
  ] as const)('format %s, and reads it back', async (format, options, lines) => {
    const backend = await open({ format, ...options });
    await backend.apply([ban('203.0.113.7', 0, at)]);
    expect(text()).toBe(mark + lines);
    const again = await open({ format, ...options });
    expect(await again.list()).toEqual(await backend.list());
    expect(await again.list()).toMatchObject([{ family: 4, jail: 'sshd', expiresInMs: 600_000 }]);
  });

  test('takes what another format wrote, as far as it can say it', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7'), ban('2001:db8::1')]);
    await open({ format: 'map' });
    expect(text()).toMatch(/^203\.0\.113\.7 1;/m);
    expect(text()).not.toMatch('2001');
  });

  test('the file keeps its mode, and one that is linked to is replaced where it lies', async () => {
    mkdirSync(folder('real'));
    writeFileSync(folder('real/deny'), '');
    chmodSync(folder('real/deny'), 0o640);
    symlinkSync(folder('real/deny'), folder('deny'));
    const backend = await open();
    await backend.apply([ban('203.0.113.7')]);
    expect(statSync(folder('real/deny')).mode & 0o777).toBe(0o640);
    expect(readlinkSync(folder('deny'))).toBe(folder('real/deny'));
    expect(text()).toMatch('203.0.113.7');
    expect(readdirSync(folder('real'))).toEqual(['deny']);
  });

  test.each([
    ['user nginx;\n', 1],
    [`${mark}203.0.113.7/32 1;\ninclude other;\n`, 3],
  ])('a file of others is refused, by its line, and left alone', async (foreign, line) => {
    writeFileSync(folder('deny'), foreign);
    const fault = { code: 'ERR_BAN_ACTION_REFUSED', file: folder('deny'), line };
    await expect(open()).rejects.toMatchObject(fault);
    expect(text()).toBe(foreign);
  });

  test('a file that somebody put in its place meanwhile is left alone, too', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7')]);
    writeFileSync(folder('deny'), 'allow all;\n');
    expect(await backend.apply([ban('203.0.113.8')])).toMatchObject([{ error: { code: 'ERR_BAN_ACTION_REFUSED' } }]);
    expect(text()).toBe('allow all;\n');
    writeFileSync(folder('deny'), '');
    expect(await backend.apply([ban('203.0.113.9')])).toMatchObject([{ ok: true }]);
    expect(text().match(/203\.0\.113\.\d/g)).toEqual(['203.0.113.7', '203.0.113.8', '203.0.113.9']);
  });

  test.each([
    ['there is no folder', '/no-such-folder/deny', 'ERR_BAN_ACTION_MISSING'],
    ['its folder is no place for files', '/proc/deny', 'ERR_BAN_ACTION_MISSING'],
  ])('says at the start that %s', async (_, file, code) => {
    await expect(open({ file })).rejects.toMatchObject({ code, file });
  });

  test('a failed reload is each event’s error; the old file comes back where nothing says that the new one is good', async () => {
    const failing = { exitCode: 1, stderr: 'nginx: [emerg] bad\n' };
    const backend = await open({ runner: runner([{}, failing, failing]) });
    await backend.apply([ban('203.0.113.1')]);
    const before = text();
    const outcomes = await backend.apply([ban('203.0.113.7'), ban('203.0.113.8')]);
    expect(outcomes.map(({ error }) => error?.message)).toEqual([
      'nginx: nginx: [emerg] bad',
      'nginx: nginx: [emerg] bad',
    ]);
    expect(commands).toEqual(['nginx -s reload', 'nginx -s reload', 'nginx -t']);
    expect(text()).toBe(before);
    expect(await backend.apply([unban('203.0.113.7')])).toMatchObject([{ ok: true }]);
    expect(text().match(/203\.0\.113\.\d/g)).toEqual(['203.0.113.1', '203.0.113.8']);
  });

  test('of a command of one’s own that fails, nothing is asked', async () => {
    const backend = await open({
      reloadCommand: ['docker', 'kill', '-s', 'HUP', 'web'],
      runner: runner([{ exitCode: 1 }]),
    });
    await backend.apply([ban('203.0.113.7')]);
    expect(commands).toEqual(['docker kill -s HUP web']);
    expect(text()).toBe(mark);
  });

  test('an abort while it waits for its turn to reload leaves the file as it was', async () => {
    const backend = await open({ reloadIntervalMs: 60_000 });
    await backend.apply([ban('203.0.113.1')]);
    const before = text();
    const abort = new AbortController();
    const waiting = backend.apply([ban('203.0.113.7')], abort.signal);
    abort.abort();
    expect(await waiting).toMatchObject([{ error: { code: 'ERR_BAN_ACTION_ABORTED' } }]);
    expect(text()).toBe(before);
    expect(commands).toHaveLength(1);
  });

  test('reloads only when other networks are denied', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7')]);
    await backend.apply([alreadyBanned('203.0.113.7', 9_000_000)]);
    await backend.apply([unban('203.0.113.99')]);
    expect(commands).toHaveLength(1);
    expect(text()).toMatch(/until=/);
  });

  test('after a start it tells nginx even of what was in the file', async () => {
    await (await open()).apply([ban('203.0.113.7')]);
    const again = await open();
    await again.reconcile([ban('203.0.113.7') as never]);
    expect(commands).toHaveLength(2);
  });

  test('onStop flush lets all in and leaves a file for nginx to include', async () => {
    const backend = await open({ onStop: 'flush' });
    await backend.apply([ban('203.0.113.7')]);
    await backend.stop();
    expect(text()).toBe(mark);
    expect(commands).toHaveLength(2);
  });

  test.each([
    ['203.0.113.7; } include /etc/passwd; #', 4, 32],
    ['203.0.113.7\nallow all;', 4, 32],
    ['203.0.113.7', 4, '32 1;\nallow all; #'],
    ['::1 1;', 6, 128],
    ['1.2.3', 4, 32],
    ['constructor', 'constructor', 32],
  ])('what is no network never gets into the file: %j', async (address, family, prefix) => {
    const options = resolveNginxOptions({ file: folder('deny'), reloadIntervalMs: 0, runner: runner() });
    const driver = new NginxDriver(options);
    await driver.start();
    const change = { kind: 'ban', address, family, prefix, jail: 'sshd', timeoutMs: 1000, isKnown: false };
    const failed = await driver.commit([change as NetworkChange]);
    expect([...failed.values()].map(({ code }) => code)).toEqual(['ERR_BAN_ACTION_ADDRESS']);
    expect(text()).toBe(mark);
  });

  test('a dry run writes what a run would do, touches no file and runs nothing', async () => {
    const written: string[] = [];
    const dry = dryRun(make({ onStop: 'flush' }), { write: (command) => written.push(command) });
    await dry.start();
    await dry.apply([ban('203.0.113.7', 0, at), unban('203.0.113.8')]);
    await dry.stop();
    const file = folder('deny');
    expect(written).toEqual([
      `touch ${file}`,
      `printf '%s\\n' '203.0.113.7/32 1; # jail=sshd until=2026-11-23T00:10:00.000Z' >> ${file}`,
      `sed -i '\\|^\\(deny \\)\\?203\\.0\\.113\\.8/32[ ;]|d' ${file}`,
      'nginx -s reload',
      `truncate -s 0 ${file}`,
      'nginx -s reload',
    ]);
    expect(readdirSync(folder())).toEqual([]);
    expect(commands).toEqual([]);
  });

  test.each<[object, string]>([
    [{ file: 'deny' }, 'file: expected an absolute path of a file, not deny (string)'],
    [{ format: 'json' }, 'format: expected one of geo, map, deny, not json (string)'],
    [{ onStop: 'delete' }, 'onStop: expected one of keep, flush, not delete (string)'],
    [{ reloadCommand: [] }, 'reloadCommand: expected a program and its arguments, not [] (string)'],
    [{ reloadIntervalMs: -1 }, 'reloadIntervalMs: expected an integer from 0 to 2147483647, not -1 (number)'],
    [{ format: 'map', ipv6Prefix: 64 }, 'ipv6Prefix: expected 128 with the format map, not 64 (number)'],
    [{ ipv4Prefix: 33 }, 'ipv4Prefix: expected an integer from 8 to 32, not 33 (number)'],
  ])('refuses %j', (options, message) => {
    expect(() => nginxDeny({ file: '/etc/nginx/deny', ...options } as NginxDenyOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_ACTION_OPTION', message }),
    );
  });
});

import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { type ControlServer, serveControl } from '../control/serve-control.ts';
import { runClient } from '../testing/run-client.ts';
import { Scene } from '../testing/scene.ts';
import { completion } from './completion.ts';

const ascii = { LANG: 'C' };
let scene: Scene;
let server: ControlServer | undefined;

const client = (...argv: string[]) => runClient(['-s', scene.path('sock'), '-c', scene.configDir, ...argv]);
const answer = async (...argv: string[]): Promise<unknown> => JSON.parse((await client('--json', ...argv)).out);

beforeEach(() => {
  scene = new Scene();
  scene.write(
    'fail2ban/jail.conf',
    '[DEFAULT]\nenabled = true\nfilter = bot\nlogpath = /a.log\n[web]\n[a-very-long-jail-name]\n',
  );
  scene.write('fail2ban/filter.d/bot.conf', '[Definition]\nfailregex = ^<HOST> bad\n');
  scene.write('root/a.log', '');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await scene[Symbol.asyncDispose]();
});

async function serve(): Promise<void> {
  server = await serveControl(scene.start().control, { socketPath: scene.path('sock') });
  await client('set', 'web', 'banip', '192.0.2.1', '192.0.2.2');
}

describe('what newer releases of fail2ban have', () => {
  test('stats is a table, in plain characters where the terminal knows no others', async () => {
    await serve();
    expect((await runClient(['-s', scene.path('sock'), 'stats'], '', ascii)).out).toBe(
      [
        '                       |          | Filter    | Actions  ',
        ' Jail                  | Backend  |-----------x-----------',
        '                       |          | cur | tot | cur | tot',
        '-----------------------x----------x-----------x-----------',
        ' a-very-long-jail-name | auto     |   0 |   0 |   0 |   0',
        ' web                   | auto     |   0 |   0 |   2 |   2',
        '----------------------------------------------------------',
        '',
      ].join('\n'),
    );
    expect((await client('statistics')).out).toContain('║ cur │ tot ║ cur │ tot\n');
  });

  test('status --all has the tree of each jail below that of the daemon', async () => {
    await serve();
    const { out } = await client('status', '--all', 'short');
    expect(out.split('\n').slice(0, 5)).toEqual([
      'Status',
      '|- Number of jail:\t2',
      '|- Jail list:\ta-very-long-jail-name, web',
      '`- Status for the jails:',
      '   |- Jail: a-very-long-jail-name',
    ]);
    expect(out).toContain('      `- Actions\n         |- Currently banned:\t2\n         `- Total banned:\t2\n');
  });
});

describe('--json', () => {
  test('gives the value of every answer in one line', async () => {
    await serve();
    expect(await answer('status')).toEqual({
      jails: ['a-very-long-jail-name', 'web'],
      backends: [{ name: 'netfilter', required: true, state: 'ok', sinceMs: expect.any(Number) }],
    });
    expect(await answer('status', 'web')).toEqual({
      jail: 'web',
      filter: { currentlyFailed: 0, totalFailed: 0, files: [scene.path('root/a.log')] },
      actions: { currentlyBanned: 2, totalBanned: 2, banned: ['192.0.2.1', '192.0.2.2'] },
    });
    expect(await answer('banned', '192.0.2.1')).toEqual([['web']]);
    expect(await answer('get', 'web', 'failregex')).toEqual([expect.stringContaining('ip4')]);
    expect(await answer('stats')).toMatchObject({ web: { backend: 'auto', actions: { currentlyBanned: 2 } } });
    expect(await answer('set', 'web', 'bantime', '-1')).toBe(-1);
    expect(await answer('unban', '--all')).toBe(2);
    expect(await answer('status', '--all')).toMatchObject({
      status: [{ jail: 'a-very-long-jail-name' }, { jail: 'web' }],
    });
  });

  test('gives an error as an object, and the status says so too', async () => {
    await serve();
    const { status, out } = await client('status', 'nosuch', '--json');
    expect(status).toBe(255);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'ERR_BANWATCHD_UNKNOWN_JAIL',
        message: "Sorry but the jail 'nosuch' does not exist",
        args: ['nosuch'],
      },
    });
  });
});

describe('a daemon that runs', () => {
  test('takes a regex, or refuses it and goes on as it was', async () => {
    await serve();
    const bad = await client('set', 'web', 'addfailregex', '(<HOST>');
    expect(bad.status).toBe(255);
    expect(bad.out).toMatch(/banwatch set … addfailregex/);
    const { out } = await client('set', 'web', 'addfailregex', '^evil <ADDR>$');
    expect(out.split('\n')).toHaveLength(4);
    expect(await answer('get', 'web', 'failregex')).toHaveLength(2);
  });

  test('settings that are set at the same time are all kept', async () => {
    await serve();
    const addresses = Array.from({ length: 20 }, (_, index) => `198.51.100.${index}`);
    await Promise.all(addresses.map((address) => client('set', 'web', 'addignoreip', address)));
    const listed = (await answer('get', 'web', 'ignoreip')) as string[];
    expect([...listed].sort()).toEqual([...addresses].sort());
  });

  test.each([
    ['bantime', '-5'],
    ['bantime', 'soon'],
    ['findtime', 'soon'],
    ['maxretry', '-1'],
    ['bantime.formula', 'import os'],
    ['bantime.nosuch', '1'],
    ['datepattern', '%Q'],
    ['addignoreip', '10.0.0.0/99'],
    ['banip', '192.030.0.6'],
    ['banip', '999.1.1.1'],
    ['attempt', '2001:db8::1::2'],
    ['ignorecache', 'max-count=3'],
    ['addaction', 'x'],
  ])('set web %s %j changes nothing that could not be used', async (option, value) => {
    await serve();
    await client('set', 'web', 'bantime.increment', 'true');
    const words = option === 'addaction' ? [option, value, 'action.py', '{}'] : [option, value];
    expect((await client('set', 'web', ...words)).status).toBe(255);
    expect((await client('status', 'web')).status).toBe(0);
  });

  test('ignored networks are shown by what counts, and go by any way of writing them', async () => {
    await serve();
    await client('set', 'web', 'addignoreip', '127.0.0.1/8', '2001:DB8::1/32', '192.0.2.7', 'localhost');
    expect(await answer('get', 'web', 'ignoreip')).toEqual(['127.0.0.0/8', '2001:db8::/32', 'localhost', '192.0.2.7']);
    await client('set', 'web', 'delignoreip', '127.0.0.5/8');
    expect(await answer('get', 'web', 'ignoreip')).toEqual(['2001:db8::/32', 'localhost', '192.0.2.7']);
  });

  test('an error of a command does not name a line of the configuration', async () => {
    await serve();
    expect((await client('set', 'web', 'addignoreip', '10.0.0.0/99')).out).not.toContain('jail.conf');
  });

  test('what is set by hand stands in the log', async () => {
    await serve();
    for (const [option, value] of Object.entries({ findtime: '2h', bantime: '-1', maxretry: '7' }))
      await client('set', 'web', option, value);
    expect(scene.logged('findtime: 7200')).toHaveLength(1);
    expect(scene.logged('banTime: -1')).toHaveLength(1);
    expect(scene.logged('maxRetry: 7')).toHaveLength(1);
  });

  test('-d of a folder that is not there is an error', async () => {
    const { status, out, errors } = await client('-c', scene.path('nowhere'), '-d');
    expect([status, out]).toEqual([255, '']);
    expect(errors).toContain(`there is no folder ${scene.path('nowhere')}`);
  });

  test('thousands of addresses are banned and let in by one command, and a very long list arrives whole', async () => {
    await serve();
    const ids = Array.from({ length: 4500 }, (_, index) => `2001:db8::abcd:${index.toString(16)}:1`);
    expect((await client('set', 'web', 'banip', ...ids)).out).toBe('4500\n');
    expect(((await answer('banned')) as { web?: string[] }[]).find(({ web }) => web)?.web).toHaveLength(4502);
    expect((await client('set', 'web', 'unbanip', ...ids.slice(1))).out).toBe('4499\n');
    const absent = await client('set', 'web', 'unbanip', '--report-absent', ...ids);
    expect(absent.status).toBe(255);
    expect(absent.out).toMatch(/^not banned: \['2001:db8::abcd:1:1', /);
    expect((await client('unban', '192.0.2.1', ...ids)).out).toBe('1\n');
  });
});

describe('-i', () => {
  test('does line by line what is typed, and goes on after mistakes', async () => {
    await serve();
    const lines = ['ping', '', 'echo "a  b" c\\ d', 'set web "x', 'nosuch', 'status web short', 'exit', 'ping'];
    const { status, out, errors } = await runClient(['-s', scene.path('sock'), '-i'], `${lines.join('\n')}\n`);
    expect(status).toBe(0);
    expect(out).toMatch(
      /banwatch> Server replied: pong\nbanwatch> banwatch> a {2}b c d\nbanwatch> banwatch> Invalid command/,
    );
    expect(out.match(/pong/g)).toHaveLength(1);
    expect(errors).toMatch(/No closing quotation/);
  });
});

describe('without a daemon', () => {
  test('-t says what is sound, with faults of filters and formulas too', async () => {
    expect(await client('-t')).toMatchObject({ status: 0, out: 'OK: configuration test is successful\n' });
    scene.write(
      'fail2ban/jail.local',
      '[web]\nfailregex = (<HOST>\n[b]\nbantime.increment = 1\nbantime.formula = import os\n',
    );
    const { status, out, errors } = await client('-t');
    expect({ status, out }).toEqual({ status: 255, out: '' });
    expect(errors).toMatch(/\[web\] .*jail\.local:2: /);
    expect(errors).toMatch(/\[b\] .*jail\.local:\d: .*formula/);
    expect(errors).toMatch(/ERROR {3}ERROR: test configuration failed\n$/);
    expect(await client('-t', '--json')).toMatchObject({
      out: expect.stringMatching(/^\{"ok":false,"jails":\d,"faults":\[/),
    });
  });

  test.each([
    [['--str2sec', '1d12h'], 0, '129600\n'],
    [['--str2sec', '1.5h'], 0, '5400.0\n'],
    [['--str2sec', '1y6mo'], 0, '47336400.0\n'],
    [['--str2sec', 'x'], 255, expect.stringMatching(/^ERROR: /)],
    [['-V'], 0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)],
    [['--help'], 0, expect.stringMatching(/^Usage: banwatch .*Examples:/s)],
    [['help'], 0, expect.stringMatching(/^Usage: banwatch /)],
    [['test', 'a', 'b'], 255, ''],
    [[], 255, expect.stringMatching(/^Usage: banwatch /)],
    [['--nosuch'], 255, expect.stringMatching(/^Usage: banwatch /)],
    [['reload'], 255, ''],
    [['status'], 255, ''],
  ])('%j ends with %i', async (argv, status, out) => {
    expect(await client(...argv)).toMatchObject({ status, out });
  });

  test('completion offers the commands and options', () => {
    let script = '';
    const stdout = (text: string): void => {
      script += text;
    };
    const io = { stdout, stderr: () => {} };
    const rest = { stdin: process.stdin, env: {}, signal: new AbortController().signal };
    expect(completion(['bash'], { ...io, ...rest })).toBe(0);
    const ask = (...words: string[]): string[] => {
      const text = `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _banwatch; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const run = spawnSync('bash', ['-c', text, 'bash', ...words], { encoding: 'utf8', env: process.env });
      return run.stdout.split('\n').filter((word) => word !== '');
    };
    expect(ask('banwatch', 'sta')).toEqual(['start', 'stats', 'status']);
    expect(ask('banwatch', 'set', 'addfail')).toEqual(['addfailregex']);
    expect(completion(['csh'], { ...io, ...rest })).toBe(2);
  });
});

describeWith([program('fail2ban-client', 'fail2ban')], 'banwatch beside fail2ban-client', () => {
  test.each(['-d', '--dp'])('%s prints the same commands, also those that are longer than a line', async (option) => {
    cpSync('/etc/fail2ban', scene.path('stock'), { recursive: true });
    const jails = ['sshd', 'postfix', 'dovecot', 'exim', 'apache-noscript', 'recidive'];
    scene.write('stock/jail.local', jails.map((jail) => `[${jail}]\nenabled = true\n`).join(''));
    const theirs = spawnSync('fail2ban-client', ['-c', scene.path('stock'), option], {
      encoding: 'utf8',
      env: process.env,
    });
    const { status, out } = await runClient(['-c', scene.path('stock'), option]);
    expect(status).toBe(0);
    expect(out).toBe(theirs.stdout);
  });
});

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type ExampleMessage, manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { eximq, program } from '../testing/eximq.ts';
import { here } from '../testing/here.ts';

const hourMs = 3_600_000;
const now = Date.now();

const command = '\u001b]0;owned\u0007';

const messages: readonly ExampleMessage[] = [
  {
    receivedMs: now - 80 * hourMs,
    sender: 'old@x.test',
    recipients: ['a@y.test', 'b@y.test'],
    frozenMs: now - 70 * hourMs,
  },
  {
    receivedMs: now - 30 * hourMs,
    sender: '',
    recipients: ['back@x.test'],
    log: ['2026-11-23 02:01:59 back@x.test R=all defer (-1): nothing leaves'],
  },
  {
    receivedMs: now - 2 * hourMs,
    sender: `${command}@evil.test`,
    recipients: [`${command}@z.test`],
    headers: ['From: f@x.test', `Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= ${command}`],
  },
  {
    receivedMs: now - 60_000,
    sender: 'new@日本.test',
    recipients: ['c@y.test'],
    body: 'x'.repeat(200_000),
    host: { address: '192.0.2.7', name: 'mx.z.test' },
  },
];

let spool: string;
let ids: readonly string[];
beforeAll(() => {
  spool = path.join(newFolder(), 'spool');
  ({ ids } = writeSpool(spool, messages));
});
const list = (...args: string[]) => here(['list', '--spool', spool, ...args]);

describe('list', () => {
  test('prints a line a message, oldest first', async () => {
    const { status, out } = await list();
    expect(status).toBe(0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(lines.map(([id]) => id)).toEqual(ids);
    expect(out).toMatch(new RegExp(`^${ids[0]} +3d +\\d+ +frozen +old@x\\.test +a@y\\.test \\+1$`, 'm'));
    expect(out).toMatch(new RegExp(`^${ids[1]} +30h +\\d+ +deferred +<> +back@x\\.test$`, 'm'));
    expect(out).toMatch(new RegExp(`^${ids[3]} +1m +19[56]K +new +new@日本\\.test +c@y\\.test$`, 'm'));
  });

  test('passes nothing on to a terminal that mails could have it do', async () => {
    for (const way of [['--columns', 'id,sender,subject,recipients'], ['--json', '--columns', 'subject'], []]) {
      const { out } = await list(...way);
      expect(out).not.toContain('\u001b');
      expect(out).not.toContain('\u0007');
    }
    expect((await list('--columns', 'subject')).out).toContain('Grüße \ufffd]0;owned\ufffd');
  });

  test('prints JSON of all that it knows, and what the columns need besides', async () => {
    const { out } = await list('--json', '--columns', 'size,reason', '--bounce');
    expect(JSON.parse(out)).toMatchObject({
      id: ids[1],
      isBounce: true,
      sender: '',
      sizeBytes: expect.any(Number),
      recipients: [{ address: 'back@x.test', isDelivered: false, reason: expect.stringContaining('nothing leaves') }],
    });
  });

  test.each<[string[], number[]]>([
    [['--frozen'], [0]],
    [['--not-frozen'], [1, 2, 3]],
    [
      ['--older', '1d'],
      [0, 1],
    ],
    [['--younger', '5h', '--sender', '!new@*'], [2]],
    [['--frozen-for', '3d'], []],
    [['--sender', '<>'], [1]],
    [
      ['--sender', '/^(old|new)@/'],
      [0, 3],
    ],
    [['--sender-domain', '日本.test'], [3]],
    [['--rcpt-domain', 'y.test', '--rcpt', 'B@*'], [0]],
    [['--larger', '100K'], [3]],
    [['--smaller', '100K', '--state', 'new'], [2]],
    [['--subject', 'grüße*'], [2]],
    [['--host', 'mx.*'], [3]],
    [['--reason', '*nothing leaves*'], [1]],
    [
      ['--where', '{"any":[{"bounce":true},{"frozen":true}]}'],
      [0, 1],
    ],
    [
      ['--limit', '2'],
      [0, 1],
    ],
  ])('%p lists messages %p', async (args, expected) => {
    const { status, out, errors } = await list('--ids', ...args);
    expect(errors).toBe('');
    expect(out).toBe(expected.map((at) => `${ids[at]}\n`).join(''));
    expect(status).toBe(expected.length > 0 ? 0 : 1);
  });

  test('takes ids as arguments and on standard input, and tells lines that are none', async () => {
    const input = `${ids[2]}\n\nnonsense\n${ids[0]}`;
    const { status, out, errors } = eximq(['list', '--ids', '--spool', spool, `${ids[3]}`, '-'], input);
    expect(out).toBe(`${ids[0]}\n${ids[2]}\n${ids[3]}\n`);
    expect(errors).toBe('eximq: nonsense: no message id; this line of standard input is left out\n');
    expect(status).toBe(1);
  });

  test('--exim is what exim -bp prints', async () => {
    const { out } = await list('--exim', '--older', '1d');
    expect(out).toMatch(
      new RegExp(
        `^ 3d +\\d+ ${ids[0]} <old@x\\.test> \\*\\*\\* frozen \\*\\*\\*\n {10}a@y\\.test\n {10}b@y\\.test\n\n30h +\\d+ ${ids[1]} <>\n {10}back@x\\.test\n\n$`,
      ),
    );
  });
});

test('a reader that takes the first lines of many and goes away is no error', async () => {
  const many = path.join(newFolder(), 'spool');
  writeSpool(many, manyMessages({ count: 3000, seed: 1, nowMs: now }));
  const shell = `"$0" "$1" list --json --spool "$2" | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', shell, process.execPath, program, many], {
    encoding: 'utf8',
    env: process.env,
  });
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0');
});

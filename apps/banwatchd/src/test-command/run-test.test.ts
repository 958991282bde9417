import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runHere } from './testing/run-here.ts';

const log = `Nov 23 10:00:00 h app[1]: no from 192.0.2.7
Nov 23 10:00:01 h app[1]: yes from 192.0.2.8
Nov 23 10:00:02 h app[1]: no from 192.030.0.9
Nov 23 10:00:03 h app[1]: no from localhost
`;
const regex = 'no from <HOST>$';

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'banwatch-test-'));
  writeFileSync(at('app.log'), log);
  writeFileSync(at('app.log.gz'), gzipSync(log));
  writeFileSync(at('cut.log'), log.slice(0, -1));
  writeFileSync(at('jail.conf'), `[app]\nfailregex = ${regex}\nlogpath = ${at('app.log')}\naction =\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('names are looked up, and each of their addresses is a hit', async () => {
  const { out } = await runHere(['-o', 'id', at('app.log'), regex]);
  expect(out.split('\n')).toEqual(expect.arrayContaining(['192.0.2.7', '127.0.0.1']));
});

test('with --raw names are taken as they are', async () => {
  const { out } = await runHere(['-r', '-o', 'id', at('app.log'), regex]);
  expect(out).toBe('192.0.2.7\nlocalhost\n');
});

test('a line whose address is none is missed, and listed with the reason', async () => {
  const { out, status } = await runHere(['-r', at('app.log'), regex]);
  expect(out).toContain('Lines: 4 lines, 0 ignored, 2 matched, 2 missed');
  expect(out).toContain('no from 192.030.0.9  # "192.030.0.9" is no valid address');
  expect(status).toBe(0);
});

test('a compressed log is read as it was', async () => {
  const { out } = await runHere(['-r', '-o', 'id', at('app.log.gz'), regex]);
  expect(out).toBe('192.0.2.7\nlocalhost\n');
});

test('a last line without a break is left out, as fail2ban does, and that is said', async () => {
  const { out, errors } = await runHere(['-r', '-o', 'id', at('cut.log'), regex]);
  expect(out).toBe('192.0.2.7\n');
  expect(errors).toContain('the last line has no line break');
});

test('--invert takes the lines that do not match', async () => {
  const { out } = await runHere(['-r', '-i', '--print-all-matched', at('app.log'), regex]);
  expect(out).toContain('Lines: 4 lines, 0 ignored, 2 matched, 2 missed');
  expect(out).toContain('|  Nov 23 10:00:01 h app[1]: yes from 192.0.2.8');
  const printed = await runHere(['-r', '-i', '-o', 'msg', at('app.log'), regex]);
  expect(printed.out).toContain('yes from 192.0.2.8');
  expect(printed.out).not.toContain('192.0.2.7');
});

test('--json gives the summary as one object', async () => {
  const { out } = await runHere(['-r', '--json', at('app.log'), regex]);
  expect(JSON.parse(out)).toMatchObject({
    lines: { tested: 4, ignored: 0, matched: 2, missed: 2, rejected: 1 },
    prefRegex: null,
    failRegex: [{ index: 1, regex, hits: 2 }],
    dateTemplates: [{ hits: 4 }],
    rejectedLines: [{ reason: '"192.030.0.9" is no valid address' }],
  });
});

test('--json with --out gives each failure as an object', async () => {
  const { out } = await runHere([
    '-r',
    '--json',
    '-o',
    'row',
    '--TZ',
    'UTC',
    '-d',
    '%b %d %H:%M:%S',
    at('app.log'),
    regex,
  ]);
  const [first] = out.split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({
    id: '192.0.2.7',
    time: expect.stringMatching(/^\d{4}-11-23T10:00:00\.000Z$/),
    pattern: 1,
    groups: { ip4: '192.0.2.7' },
    line: 'Nov 23 10:00:00 h app[1]: no from 192.0.2.7',
  });
});

test('a jail stands for its filter where no filter has its name', async () => {
  const { out } = await runHere(['-r', '-c', folder, at('app.log'), 'app']);
  expect(out).toContain('Use             jail : app');
  expect(out).toContain('|   1) [2] no from <HOST>$');
});

test.each([
  [['only-one-word'], 255, 'provide both <LOG> and <REGEX>'],
  [['a', 'b', 'c', 'd'], 255, 'provide both <LOG> and <REGEX>'],
  [['--no-such-option', 'a', 'b'], 2, 'no-such-option'],
  [['--maxlines', 'many', 'a', 'b'], 2, '--maxlines must be a number, not "many"'],
  [['--print-no-missed', '--print-all-missed', 'a', 'b'], 255, 'mutually exclusive'],
  [['--debuggex', 'a', 'b'], 255, '--debuggex is not supported'],
  [['systemd-journal', regex], 2, 'the systemd journal is not read yet'],
  [['line', '^('], 255, 'does not compile'],
  [['line', 'nobody'], 255, 'names nobody'],
  [['-d', '%Q', 'line', regex], 255, 'unknown token %Q'],
  [['--TZ', 'nowhere', 'line', regex], 255, 'is no time zone: "nowhere"'],
  [['line', 'sshd[mode=a,,b]'], 255, 'Wrong filter name or options'],
] as const)('%j is refused with status %i', async (args, status, message) => {
  const ran = await runHere(args);
  expect(ran.errors).toContain(message);
  expect(ran.status).toBe(status);
});

test('an encoding that nobody knows is refused', async () => {
  const ran = await runHere(['-e', 'klingon', at('app.log'), regex]);
  expect(ran.errors).toContain('unknown encoding: klingon');
  expect(ran.status).toBe(255);
});

test('a regex that takes exponential time elsewhere is done with at once', async () => {
  const line = `Nov 23 10:00:00 h ${'a'.repeat(2000)}!`;
  const { out } = await runHere(['-r', line, '^(?:a|a)*x from <HOST>|(?:\\w+\\s*)+; from <HOST>$']);
  expect(out).toContain('Lines: 1 lines, 0 ignored, 0 matched, 1 missed');
});

test('the help has examples, and the version is a number', async () => {
  expect((await runHere(['--help'])).out).toContain('Examples:');
  expect((await runHere(['--version'])).out).toMatch(/^banwatch test \d+\.\d+\.\d+\n$/);
  expect((await runHere(['-V'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

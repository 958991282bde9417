import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeWith, pythonModule } from '../../../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../../../tools/testing/fail2ban-corpus.ts';
import { runHere } from '../testing/run-here.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'banwatch-cases-'));
  mkdirSync(at('filter.d'));
  writeFileSync(
    at('filter.d/app.conf'),
    '[Definition]\nfailregex = ^ h app: <what> from <HOST>$\n[Init]\nwhat = no\ndatepattern = ^%%Y-%%m-%%d %%H:%%M:%%S\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = '2026-07-01 10:00:00 h app: no from 192.0.2.7';
const good = {
  id: 'good',
  filter: 'app',
  options: {},
  lines: [line],
  match: true,
  host: '192.0.2.7',
  time: 1782892800,
};

async function run(
  rows: readonly (object | string)[],
  more: readonly string[] = ['--tz', 'CET-1CEST,M3.5.0,M10.5.0/3'],
): ReturnType<typeof runHere> {
  writeFileSync(
    at('cases.jsonl'),
    rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''),
  );
  return runHere(['--config', folder, '--cases', at('cases.jsonl'), ...more]);
}

test('all pass: status 0, and only the count is printed', async () => {
  const rows = [
    good,
    { ...good, id: 'options', options: { what: 'not, ever' }, lines: [line.replace('no from', 'not, ever from')] },
    { ...good, id: 'in the name', filter: 'app[what=x]', lines: [line.replace('no from', 'x from')] },
    { ...good, id: 'no', lines: [line, `${line}.`], match: false, host: null, time: null },
    { ...good, id: 'local time', time: '2026-07-01 10:00:00' },
    { ...good, id: 'iso', time: '2026-07-01T08:00:00Z' },
    { ...good, id: 'name', lines: [line.replace('192.0.2.7', 'x.example')], host: 'x.example' },
    {
      ...good,
      id: 'journal',
      lines: ['2026-07-01 10:00:00 h app: no from 192.0.2.7'.slice(19)],
      journal: true,
      time: 0,
    },
    { id: 7, filter: 'app', lines: [line], match: true, unknown: ['field'] },
  ];
  const ran = await run(rows, ['--tz', 'Europe/Paris', '--now', '0']);
  expect(ran).toEqual({ status: 0, out: '9 passed, 0 failed\n', errors: '' });
});

test('each that fails is printed with what was expected and what came: status 1', async () => {
  const rows = [
    good,
    { ...good, id: 'host', host: '192.0.2.9' },
    { ...good, id: 'time', time: 1 },
    { ...good, id: 'match', match: false },
    { ...good, id: 'invalid', lines: [line.replace('192.0.2.7', '192.030.0.7')], host: '192.030.0.7' },
    { ...good, id: 'no such filter', filter: 'nothing' },
    '{ "id": "broken"',
    '',
    { ...good, lines: [] },
    { ...good, match: 'yes' },
    { ...good, id: 'strange time', time: 'soon' },
  ];
  const { status, out } = await run(rows);
  expect(out.split('\n')).toEqual([
    'FAILED host: expected a failure of 192.0.2.9 at 2026-07-01T08:00:00Z; came a failure of 192.0.2.7 at 2026-07-01T08:00:00Z',
    'FAILED time: expected a failure of 192.0.2.7 at 1970-01-01T00:00:01Z; came a failure of 192.0.2.7 at 2026-07-01T08:00:00Z',
    'FAILED match: expected no failure; came a failure of 192.0.2.7 at 2026-07-01T08:00:00Z',
    expect.stringContaining('came no failure; rejected: "192.030.0.7" is no valid address'),
    expect.stringMatching(/^FAILED no such filter: expected .*; there is no filter "nothing"/),
    expect.stringMatching(/^FAILED line 7: this is no JSON/),
    'FAILED line 9: lines must be a list of one or more texts',
    'FAILED line 10: match must be true or false',
    expect.stringContaining('time is none: "soon"'),
    '1 passed, 9 failed',
    '',
  ]);
  expect(status).toBe(1);
});

test.each([[[]], [['--json']]])(
  'a run that is stopped says so, counts nothing as its result, and is status 2 (%j)',
  async (more) => {
    writeFileSync(at('cases.jsonl'), `${JSON.stringify(good)}\n`.repeat(1000));
    const stop = new AbortController();
    setImmediate(() => stop.abort());
    const ran = await runHere(
      ['--config', folder, '--tz', 'Europe/Paris', '--cases', at('cases.jsonl'), ...more],
      stop,
    );
    expect(ran).toEqual({
      status: 2,
      out: '',
      errors: expect.stringMatching(/stopped before line 100 of \d+: 99 passed, 0 failed so far/),
    });
  },
);

test('--json prints an object for each that fails, and one for the count', async () => {
  const { out } = await run([good, { ...good, id: 'host', host: '192.0.2.9' }], ['--tz', 'Europe/Paris', '--json']);
  expect(
    out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text)),
  ).toEqual([
    {
      id: 'host',
      passed: false,
      expected: { match: true, host: '192.0.2.9', time: '2026-07-01T08:00:00Z' },
      came: { match: true, host: '192.0.2.7', time: '2026-07-01T08:00:00Z' },
    },
    { passed: 1, failed: 1 },
  ]);
});

test.each([
  [['--tz', 'Mars/Olympus'], 'is no time zone: "Mars/Olympus"'],
  [['--now', 'later'], '--now must be seconds since 1970'],
])('%j is refused with status 2', async (more, message) => {
  const { status, errors } = await run([good], more);
  expect(errors).toContain(message);
  expect(status).toBe(2);
});

test('a file of cases that is not there is status 2', async () => {
  const { status, errors } = await runHere(['--config', folder, '--cases', at('none.jsonl')]);
  expect(errors).toContain('none.jsonl cannot be read: ENOENT');
  expect(status).toBe(2);
});

const ownTests = '/usr/lib/python3/dist-packages/fail2ban/tests/config/filter.d';

describeWith([pythonModule('fail2ban', 'fail2ban'), corpus], "fail2ban's own cases", () => {
  test('pass, save those whose address is none', async () => {
    cpSync('/etc/fail2ban/filter.d', at('filter.d'), { recursive: true });
    const extra = existsSync(ownTests) ? readdirSync(ownTests).filter((name) => name.startsWith('zzz-')) : [];
    for (const name of extra) {
      const text = readFileSync(path.join(ownTests, name), 'utf8');
      writeFileSync(at(`filter.d/${name}`), text.replace(/^before = .*\/common\.conf/m, 'before = common.conf'));
    }
    const rows = corpusLines<object>('cases.jsonl');
    const clock = ['--tz', 'CET-01CEST-02,M3.5.0,M10.5.0', '--now', '1124013600'];
    const { out, status } = await run(rows, clock);
    const lines = out.trim().split('\n');
    expect(lines.pop()).toBe(`${rows.length - 7} passed, 7 failed`);
    expect(lines.filter((text) => !text.includes('is no valid address'))).toEqual([]);
    expect(status).toBe(1);
  }, 60_000);
});

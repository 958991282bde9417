import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openBanStore } from '@sluice/ban-policy/lmdb';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { makeDatabase, type WrittenBan } from './testing/make-database.ts';
import { runCaptured } from './testing/run-captured.ts';

const temp = tempFolder();
const now = Math.floor(Date.now() / 1000);
const hour = 3600;

const bans: readonly WrittenBan[] = [
  { jail: 'sshd', id: '192.0.2.1', time: now - 5 * hour, length: 600, count: 1, matches: ['old line'] },
  {
    jail: 'sshd',
    id: '192.0.2.1',
    time: now - 100,
    length: hour,
    count: 2,
    failures: 5,
    matches: ['one', ['Nov 23 ', '10:00', ' x']],
  },
  { jail: 'sshd', id: '2001:DB8::1', time: now - 200, length: -1, data: { user: 'root', users: ['a', 'b'] } },
  { jail: 'sshd', id: '192.0.2.9', time: now - 2 * hour, length: 60, count: 4 },
  { jail: 'my jail', id: '198.51.100.0/24', time: now - 10, length: 600 },
  { jail: 'my jail', id: 'some;user "x"', time: now - 10, length: 600 },
];

/** What the state holds of a jail. */
async function kept(jail: string) {
  const store = openBanStore(temp('state'));
  const { kept, history } = store.openJail(jail, () => undefined);
  const known = new Map(
    ['192.0.2.1', '192.0.2.9', '2001:db8::1'].map((id) => [
      id,
      { last: history.lastBan(id), past: history.failuresOf(id, 'jail') },
    ]),
  );
  await store.close();
  return { bans: kept.bans, ids: kept.bans.map(({ id }) => id), known };
}

describeWith([pythonModule('fail2ban', 'fail2ban')], "importing fail2ban's database", () => {
  test('brings the bans that stand, their counts, times and lines, and the history', async () => {
    makeDatabase(temp('f.sqlite3'), bans);
    const { status, out, errors } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(out.split('\n').sort()).toEqual([
      '',
      'my jail: 2 bans stand, 2 addresses and ids known, 2 past bans',
      'sshd: 2 bans stand, 3 addresses and ids known, 4 past bans',
    ]);
    const ssh = await kept('sshd');
    expect(ssh.bans).toEqual([
      {
        id: '2001:db8::1',
        address: { text: '2001:db8::1', family: 6 },
        bannedAtMs: (now - 200) * 1000,
        banTimeMs: Number.POSITIVE_INFINITY,
        endMs: Number.POSITIVE_INFINITY,
        count: 1,
        failures: 3,
        matches: [],
        groups: { user: 'root' },
      },
      {
        id: '192.0.2.1',
        address: { text: '192.0.2.1', family: 4 },
        bannedAtMs: (now - 100) * 1000,
        banTimeMs: hour * 1000,
        endMs: (now - 100 + hour) * 1000,
        count: 2,
        failures: 5,
        matches: ['one', 'Nov 23 10:00 x'],
        groups: {},
      },
    ]);
    expect(ssh.known.get('192.0.2.9')?.last).toEqual({ timeMs: (now - 2 * hour) * 1000, banTimeMs: 60_000, count: 4 });
    expect(ssh.known.get('192.0.2.1')?.past).toEqual({ failures: 8, matches: ['old line', 'one', 'Nov 23 10:00 x'] });
    expect((await kept('my jail')).ids).toEqual(['198.51.100.0/24', 'some;user "x"']);
  });

  test('doubles nothing when it is done again, and adds what is new', async () => {
    makeDatabase(temp('f.sqlite3'), bans);
    await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    const before = await kept('sshd');
    const { status, out } = await runCaptured([temp('f.sqlite3'), '--state', temp('state'), '-j', 'sshd']);
    expect(status).toBe(0);
    expect(out).toBe('sshd: 0 bans stand, 0 addresses and ids known, 0 past bans (7 records were known already)\n');
    expect(await kept('sshd')).toEqual(before);

    makeDatabase(temp('f.sqlite3'), [{ jail: 'sshd', id: '192.0.2.9', time: now, length: 600, count: 5 }]);
    await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    const after = await kept('sshd');
    expect(after.ids).toEqual([...before.ids, '192.0.2.9']);
    expect(after.known.get('192.0.2.9')?.last?.count).toBe(5);
  });

  test('does not go back behind what the state knows', async () => {
    makeDatabase(temp('f.sqlite3'), [{ jail: 'sshd', id: '192.0.2.1', time: now - 50, length: hour, count: 9 }]);
    await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    makeDatabase(temp('older.sqlite3'), bans);
    await runCaptured([temp('older.sqlite3'), '--state', temp('state')]);
    expect((await kept('sshd')).known.get('192.0.2.1')?.last?.count).toBe(9);
  });

  test('only tells with --dry-run, and makes no state', async () => {
    makeDatabase(temp('f.sqlite3'), bans);
    const { status, out } = await runCaptured([
      '--dry-run',
      temp('f.sqlite3'),
      '--state',
      temp('state'),
      '--jail',
      'sshd',
    ]);
    expect(status).toBe(0);
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
    expect(out.trim().split('\n')).toEqual([
      `[sshd] 2001:db8::1 banned ${iso(now - 200)} for ever, ban 1`,
      `[sshd] 192.0.2.1 banned ${iso(now - 100)} until ${iso(now - 100 + hour)}, ban 2`,
      'sshd: 2 bans stand, 3 addresses and ids known, 4 past bans',
    ]);
    expect(existsSync(temp('state'))).toBe(false);
  });

  test('says all of it as JSON, an object a line', async () => {
    makeDatabase(temp('f.sqlite3'), bans);
    const { out } = await runCaptured(['--json', '-n', temp('f.sqlite3'), '-j', 'sshd']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        type: 'ban',
        jail: 'sshd',
        id: '2001:db8::1',
        bannedAtMs: (now - 200) * 1000,
        endMs: null,
        count: 1,
        failures: 3,
      },
      {
        type: 'ban',
        jail: 'sshd',
        id: '192.0.2.1',
        bannedAtMs: (now - 100) * 1000,
        endMs: (now - 100 + hour) * 1000,
        count: 2,
        failures: 5,
      },
      { type: 'jail', jail: 'sshd', standing: 2, last: 3, past: 4, known: 0 },
    ]);
  });

  test('changes neither the database nor its folder, also with a write-ahead log left by a crash', async () => {
    const file = temp('f.sqlite3');
    makeDatabase(file, bans, ['PRAGMA journal_mode = WAL', 'UPDATE bips SET bancount = 7'], true);
    expect(readdirSync(temp('.')).sort()).toEqual(['f.sqlite3', 'f.sqlite3-shm', 'f.sqlite3-wal']);
    const before = ['', '-wal'].map((end) => readFileSync(`${file}${end}`));
    const { status } = await runCaptured([file, '--state', temp('state')]);
    expect(status).toBe(0);
    expect(['', '-wal'].map((end) => readFileSync(`${file}${end}`))).toEqual(before);
    expect((await kept('sshd')).known.get('192.0.2.1')?.last?.count).toBe(7);
  });

  test('leaves out addresses that are none and rows without sense, and says which', async () => {
    const more = (id: string) => ({ jail: 'sshd', id, time: now, length: 600 });
    makeDatabase(
      temp('f.sqlite3'),
      ['999.1.1.1', '192.030.0.6', 'fe80::zz', '1:2', '192.0.2.7', 'dead beef'].map(more),
      [
        "INSERT INTO bips(ip, jail, timeofban, bantime) VALUES ('192.0.2.8', 'sshd', 'soon', 600)",
        "INSERT INTO bips(ip, jail, timeofban, bantime) VALUES ('192.0.2.10', 'sshd', 9e18, 600)",
        "INSERT INTO bips(ip, jail, timeofban, bantime) VALUES ('192.0.2.11', '', 5, 600)",
      ],
    );
    const { status, errors } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    expect(status).toBe(1);
    expect(errors).toContain('banwatch import: 192.030.0.6 in sshd reads like an address and is none\n');
    expect(errors.trim().split('\n')).toHaveLength(9);
    expect((await kept('sshd')).ids.sort()).toEqual(['192.0.2.7', 'dead beef', 'fe80::zz']);
  });

  test('takes a ban without its lines when they cannot be read', async () => {
    makeDatabase(
      temp('f.sqlite3'),
      [{ jail: 'sshd', id: '192.0.2.1', time: now, length: 600, matches: ['x'] }],
      [
        `UPDATE bips SET data = CAST('{"matches": [1, null, ["a", 2], {}], "failures": "x", "__proto__": {"a": 1}, "user": 5}' AS BLOB)`,
        `UPDATE bans SET data = '{"matches": NaN'`,
      ],
    );
    const { status, errors } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    expect(status).toBe(0);
    expect(errors).toBe('1 records came over without their lines, which could not be read\n');
    expect((await kept('sshd')).bans[0]).toMatchObject({ matches: ['a'], failures: 0, groups: {} });
  });

  test.each([
    [3, ['DROP TABLE bips', 'UPDATE fail2banDb SET version = 3'], 3600],
    [
      2,
      [
        'DROP TABLE bips',
        'ALTER TABLE bans DROP COLUMN bantime',
        'ALTER TABLE bans DROP COLUMN bancount',
        'UPDATE fail2banDb SET version = 2',
      ],
      600,
    ],
  ])('reads version %i of the schema', async (_, sql, seconds) => {
    makeDatabase(temp('f.sqlite3'), bans, sql);
    const { status, errors } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    const { known, ids } = await kept('sshd');
    expect(known.get('192.0.2.1')?.last).toMatchObject({ timeMs: (now - 100) * 1000, banTimeMs: seconds * 1000 });
    expect(ids).toContain('192.0.2.1');
  });

  test('refuses a newer schema', async () => {
    makeDatabase(temp('f.sqlite3'), bans, ['UPDATE fail2banDb SET version = 5']);
    const { status, errors } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    expect(status).toBe(2);
    expect(errors).toMatch(/f\.sqlite3: cannot be imported: its schema has version 5, known are 1 to 4; /);
  });

  test('of a database without bans is exit 1', async () => {
    makeDatabase(temp('f.sqlite3'), []);
    const { status, errors } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    expect({ status, errors }).toEqual({ status: 1, errors: `there is no ban in ${temp('f.sqlite3')}\n` });
  });

  test('says which process has the state', async () => {
    makeDatabase(temp('f.sqlite3'), bans);
    const store = openBanStore(temp('state'));
    const { status, errors } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    await store.close();
    expect(status).toBe(2);
    expect(errors).toBe(
      `banwatch import: ${temp('state')}: the state is in use by process ${process.pid}; stop that process first, or choose another folder\n`,
    );
  });

  test('takes a hundred thousand bans over', async () => {
    const many = Array.from({ length: 100_000 }, (_, n) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
    makeDatabase(
      temp('f.sqlite3'),
      [bans[0] as WrittenBan],
      [
        `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
       INSERT INTO bips SELECT '10.' || (i >> 16) || '.' || ((i >> 8) & 255) || '.' || (i & 255), 'sshd', ${now}, 600, 1, '{}' FROM n`,
      ],
    );
    const { status } = await runCaptured([temp('f.sqlite3'), '--state', temp('state')]);
    expect(status).toBe(0);
    const ids = new Set((await kept('sshd')).ids);
    expect(many.every((id) => ids.has(id))).toBe(true);
  });
});

describe('what is no database of fail2ban', () => {
  test.each([
    ['text', 'just text, and more of it than a header '.repeat(50)],
    ['nothing', ''],
  ])('%s is exit 2 with a cure', async (_, content) => {
    writeFileSync(temp('f'), content);
    const { status, errors } = await runCaptured([temp('f'), '--state', temp('state')]);
    expect(status).toBe(2);
    expect(errors).toMatch(/^banwatch import: .*\/f: cannot be (?:read|imported): .*; .*\n$/);
    expect(existsSync(temp('state'))).toBe(false);
  });

  test('a missing file and a folder are exit 2, and nothing is made', async () => {
    for (const name of ['nosuch', '.']) {
      const { status, errors } = await runCaptured([temp(name), '--state', temp('state')]);
      expect(status).toBe(2);
      expect(errors).toMatch(/; .*\n$/);
    }
    expect(readdirSync(temp('.'))).toEqual([]);
  });

  test('wrong usage is exit 2, --help is exit 0', async () => {
    for (const args of [[], ['a', 'b'], ['--nosuch', 'a']]) {
      const { status, errors } = await runCaptured(args);
      expect({ args, status }).toEqual({ args, status: 2 });
      expect(errors).toMatch(/^banwatch import: .*; see banwatch import --help\n$/);
    }
    const { status, out } = await runCaptured(['--help']);
    expect(status).toBe(0);
    for (const part of ['--dry-run', '--state', '--jail', '--json', 'Examples:', 'Exit status:'])
      expect(out).toContain(part);
  });
});

import { readdirSync } from 'node:fs';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { until } from '../../../tools/testing/until.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene } from './testing/scene.ts';

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
});
afterAll(() => scene[Symbol.dispose]());

const activity = (n: number) =>
  `{"uid":"${n}@x","source":{"kind":"x","id":"x"},"startMs":${n * 1e6},"title":"${'t'.repeat(60)}"}\n`;
const many = (count: number): string => Array.from({ length: count }, (_, n) => activity(n)).join('');

describe('a wrong command line', () => {
  test.each<[string[], RegExp]>([
    [[], /there is no command; see/],
    [['write'], /there are no sources; give --config FILE/],
    [['serve', '--config', 'x.yaml', 'git', '.'], /--config does not go with git; /],
    [['git', '.', '--slot', '5'], /--slot must be a length of time like 5m, 90s or 1h30m, not "5"; see --help/],
    [['git', '.', '--since', 'soon', '-o', '-'], /--since must be a date/],
    [['git', '.', '--link', 'https://x/'], /--link must be an http or https address with \{id\}/],
    [['git', '.', '--upsert'], /--upsert needs a file to write; give --output FILE/],
    [['git', '.', '--follow', '-o', '-'], /--follow needs a file to write; /],
    [['git', '.', '--state', 's', '-o', 'x.ics'], /with a state only what is new is read; add --upsert/],
    [['git', '.', '--json', '-o', 'x.ics'], /--json prints to standard output; leave out --output, or --json/],
    [['git', '.', '--follow', '-n', '-o', 'x.ics'], /--dry-run does not go with --follow; /],
    [
      ['svn', 'x', '--compat', 'maildir2ical', '-o', 'x.ics'],
      /maildir2ical wrote of sources of kind maildir, and svn x is none; leave out --compat/,
    ],
    [['activities', '-', '-', '-o', 'x.ics'], /standard input can be read once only; /],
    [['push', 'git', '.'], /there is no server; give --caldav URL/],
    [
      ['push', 'git', '.', '--caldav', 'https://x/', '--calendar', 'C', '--user', 'me'],
      /no password for me; set ACTIVITY_CALENDAR_PASSWORD, or give --password-file FILE/,
    ],
    [
      ['serve', 'git', '.', '--host', '0.0.0.0'],
      /whoever reaches 0\.0\.0\.0 could read it all; set ACTIVITY_CALENDAR_TOKEN/,
    ],
  ])('is refused in one line with its cure, exit 2: %p', (args, message) => {
    const { status, out, errors } = scene.calendar(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(errors).toMatch(message);
    expect(errors.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('the exit status', () => {
  test('is 0 when something was written', () => {
    expect(scene.calendar(['activities', '-', '-o', 'some.ics'], many(1))).toMatchObject({ status: 0 });
  });

  test('is 1 when nothing was found, and the calendar is then empty', () => {
    expect(scene.calendar(['activities', '-', '-o', 'none.ics'], '')).toMatchObject({
      status: 1,
      errors: expect.stringContaining('0 of 0 lines'),
    });
    expect(scene.read('none.ics')).not.toContain('VEVENT');
  });

  test('is 2 when the only source cannot be read, and the old file stays', () => {
    scene.write('old.ics', scene.calendar(['activities', '-'], many(1)).out);
    const before = scene.read('old.ics');
    const { status, errors } = scene.calendar(['activities', 'nosuch', '-o', 'old.ics']);
    expect({ status, errors }).toEqual({
      status: 2,
      errors:
        'activity-calendar: activities nosuch: no such file or directory; name a file that can be read\n' +
        '0 of 0 lines: old.ics was not written\n',
    });
    expect(scene.read('old.ics')).toBe(before);
  });

  test('is 2 when the output cannot be written', () => {
    const { status, errors } = scene.calendar(['activities', '-', '-o', 'no/such/x.ics'], many(1));
    expect(status).toBe(2);
    expect(errors).toMatch(/^activity-calendar: .*no\/such.*\n$/);
  });

  test('is 2 when the old file is no calendar, which is not touched', () => {
    scene.write('letter.ics', 'Dear Sir\n');
    const { status, errors } = scene.calendar(['activities', '-', '-o', 'letter.ics', '--upsert'], many(1));
    expect(status).toBe(2);
    expect(errors).toMatch(/letter\.ics.*; /);
    expect(scene.read('letter.ics')).toBe('Dear Sir\n');
  });
});

describe('the output', () => {
  test.each([[['activities', 'many.ndjson']], [['activities', 'many.ndjson', '--json']]])(
    'may lose its reader, which is no error: %p',
    async (args) => {
      scene.write('many.ndjson', many(100_000));
      const { child, ended } = scene.start(args);
      child.stdout?.once('data', () => child.stdout?.destroy());
      expect(await ended).toMatchObject({ status: 0, errors: '' });
    },
  );

  test('waits for a reader that is slow, and loses nothing', () => {
    scene.write('many.ndjson', many(20_000));
    const bin = new URL('../bin/activity-calendar.js', import.meta.url).pathname;
    const out = scene.run('sh', [
      '-c',
      `${process.execPath} ${bin} activities many.ndjson | (sleep 0.3; grep -c BEGIN:VEVENT)`,
    ]);
    expect(out.trim()).toBe('20000');
  });

  test('-q says nothing but what went wrong, and control characters of others are not passed on', () => {
    expect(scene.calendar(['activities', '-', '-q', '-o', 'x.ics'], many(1)).errors).toBe('');
    const { errors } = scene.calendar(['activities', '\u001b[31mnosuch', '-q']);
    expect(errors).toContain('\ufffd[31mnosuch');
    expect(errors).not.toContain('\u001b');
  });

  test('tells the first ten lines that could not be used, and how many more there were', () => {
    const { errors } = scene.calendar(['activities', '-', '-o', 'x.ics'], 'x\n'.repeat(25));
    expect(errors.match(/not JSON/g)).toHaveLength(10);
    expect(errors).toContain('and 15 more that could not be used as they are\n');
  });
});

describe('the signal to stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends reading with exit 2, leaves the old file and nothing beside it',
    async (signal) => {
      scene.run('mkdir', ['-p', 'stopped']);
      scene.write('stopped/old.ics', scene.calendar(['activities', '-'], many(1)).out);
      const before = scene.read('stopped/old.ics');
      const { child, ended, errors } = scene.start([
        'activities',
        '-',
        '-o',
        'stopped/old.ics',
        '--progress',
        'always',
      ]);
      child.stdin?.write(many(10));
      // Something is read when its count is told, which is after a second.
      const more = setInterval(() => child.stdin?.write(many(1)), 50);
      await until(() => errors().includes('lines'));
      clearInterval(more);
      child.kill(signal);
      expect((await ended).status).toBe(2);
      expect(scene.read('stopped/old.ics')).toBe(before);
      expect(readdirSync(scene.path('stopped'))).toEqual(['old.ics']);
    },
  );
});

describeWith([program('git')], 'statistics', () => {
  test('are a heatmap and the hours of the week, or JSON', () => {
    const repository = new GitRepository(scene, 'stats');
    for (const date of ['2023-05-01T10:00:00 +0200', '2024-03-12T23:30:00 -0800', '2024-03-13T01:00:00 +0000'])
      repository.commit({ message: 'x', date });
    const { status, out } = scene.calendar(['stats', 'git', 'stats']);
    expect(status).toBe(0);
    expect(out).toContain('Mon ');
    const json = (...args: string[]) => JSON.parse(scene.calendar(['stats', 'git', 'stats', '--json', ...args]).out);
    expect(json()).toMatchObject({
      total: 3,
      days: { '2023-05-01': 1, '2024-03-12': 1, '2024-03-13': 1 },
      byAuthor: { Me: 3 },
    });
    expect(json('--utc', '--year', '2024')).toMatchObject({ total: 2, days: { '2024-03-13': 2 } });
    expect(scene.calendar(['stats', 'git', 'stats', '--year', '1999'])).toMatchObject({ status: 1 });
  });
});

import { statSync } from 'node:fs';
import { describeWith, program, pythonModule } from '../../../tools/testing/describe-with.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene } from './testing/scene.ts';

const needs = [program('git'), pythonModule('vobject', 'python3-vobject')];
const you = 'You <you@example.org>';

describeWith(needs, 'of a Git repository', () => {
  let scene: Scene;
  let repository: GitRepository;
  let ids: string[];
  beforeEach(() => {
    scene = new Scene();
    repository = new GitRepository(scene, 'project');
    ids = [
      repository.commit({
        message: 'Begin\n\nwith; commas, "quotes" \\ and ümlauts 🎉\n',
        date: '2023-12-31T23:30:00 -0500',
      }),
      repository.commit({ message: 'Not mine', author: you, date: '2024-03-12T10:00:00 +0100' }),
      repository.commit({ message: 'Go on', date: '2024-03-12T10:30:00 +0100' }),
      repository.commit({ message: 'And on', date: '2024-03-12T18:00:00 +0100' }),
    ];
  });
  afterEach(() => scene[Symbol.dispose]());

  const calendar = (...args: string[]) => scene.calendar(['git', 'project', ...args]);

  test('the commits of one author become a calendar, which another reader reads back', () => {
    const link = 'https://example.org/commit/{id}';
    const args = ['--author', 'ME@example.org', '--name', 'Work', '--link', link, '-o', 'work.ics'];
    expect(calendar(...args)).toEqual({
      status: 0,
      out: '',
      errors: '3 of 4 commits by ME@example.org: 3 added, 0 kept → work.ics\n',
    });
    const [first, second] = scene.events('work.ics');
    expect(first).toEqual({
      uid: `${ids[0]}@git`,
      start: Date.UTC(2024, 0, 1, 4, 25) / 1000,
      end: Date.UTC(2024, 0, 1, 4, 30) / 1000,
      summary: 'Begin',
      description: 'Me\n\nBegin\n\nwith; commas, "quotes" \\ and ümlauts 🎉',
      categories: ['project'],
      url: `https://example.org/commit/${ids[0]}`,
    });
    expect(second?.summary).toBe('Go on');
    expect(scene.read('work.ics')).toContain('X-WR-CALNAME:Work\r\n');
  });

  test('the same input gives the same bytes, and a file that would not change is not touched', () => {
    calendar('-o', 'work.ics');
    const { mtimeNs, ino } = statSync(scene.path('work.ics'), { bigint: true });
    expect(calendar('-o', 'work.ics')).toMatchObject({
      status: 0,
      errors: expect.stringContaining('work.ics unchanged'),
    });
    expect(statSync(scene.path('work.ics'), { bigint: true })).toMatchObject({ mtimeNs, ino });
    expect(calendar().out).toBe(scene.read('work.ics'));
  });

  test('time, branch and path narrow it', () => {
    scene.write('project/src/a.txt', 'a');
    repository.git('checkout', '-q', '-b', 'side');
    repository.git('add', '.');
    repository.commit({ message: 'On a path' });
    const titles = (...args: string[]) => {
      calendar(...args, '-o', 'x.ics');
      return scene.events('x.ics').map(({ summary }) => summary);
    };
    expect(titles('--since', '2024-03-12T09:15Z', '--branch', 'main')).toEqual(['Go on', 'And on']);
    expect(titles('--until', '2024-01-01')).toEqual(['Begin']);
    expect(titles('--path', 'src')).toEqual(['On a path']);
  });

  test('--upsert keeps what the file has, replaces what changed and adds what is new', () => {
    calendar('--author', you.slice(0, 3), '-o', 'work.ics', '--upsert');
    expect(calendar('-o', 'work.ics', '--upsert').errors).toContain('3 added, 1 kept → work.ics');
    repository.commit({ message: 'Amended' }, '--amend');
    expect(calendar('-o', 'work.ics', '--upsert').errors).toContain('1 added, 3 kept → work.ics');
    expect(scene.events('work.ics').map(({ summary }) => summary)).toEqual([
      'Begin',
      'Not mine',
      'Go on',
      expect.stringMatching(/^(?:And on|Amended)$/),
      expect.stringMatching(/^(?:And on|Amended)$/),
    ]);
  });

  test('--split, --max-events make several files', () => {
    expect(calendar('--split', 'year', '--max-events', '2', '-o', 'work.ics').errors).toContain('4 added');
    expect(scene.events('work-2024.ics')).toHaveLength(2);
    expect(scene.events('work-2024.2.ics')).toHaveLength(2);
  });

  test('--session joins what is less than so long apart', () => {
    expect(calendar('--author', 'Me', '--session', '60m', '-o', 'work.ics').status).toBe(0);
    expect(calendar('--session', '8h', '-o', 'day.ics').status).toBe(0);
    const mine = scene.events('day.ics').filter(({ description }) => description?.includes('Go on'));
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({
      end: Date.UTC(2024, 2, 12, 17) / 1000,
      start: Date.UTC(2024, 2, 12, 9, 25) / 1000,
    });
    expect(scene.events('work.ics')).toHaveLength(3);
  });

  test('--slot 0 writes instants, and --confidential neither titles nor texts', () => {
    calendar('--slot', '0', '--confidential', '-o', 'work.ics');
    expect(scene.events('work.ics')).toHaveLength(4);
    for (const event of scene.events('work.ics')) {
      expect(event).toMatchObject({ end: null, summary: 'Commit', description: null, url: null });
    }
  });

  test('--json prints activities, and "activities -" makes the same calendar of them', () => {
    const { status, out, errors } = calendar('--json');
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    const activities = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(activities[0]).toMatchObject({
      uid: `${ids[0]}@git`,
      title: 'Begin',
      tzMinutes: -300,
      source: { kind: 'git' },
    });
    calendar('-o', 'work.ics');
    scene.calendar(['activities', '-', '-o', 'again.ics'], out);
    expect(scene.events('again.ics')).toEqual(scene.events('work.ics'));
    scene.write('activities.ndjson', out);
    const yours = scene.calendar(['activities', 'activities.ndjson', '--author', 'you@*', '--json']).out;
    expect(JSON.parse(yours)).toEqual(activities[1]);
  });

  test('lines that are no activities are told with their number, and the others count', () => {
    const { status, out, errors } = scene.calendar(['activities', '-'], `{}\nno JSON\n${calendar('--json').out}`);
    expect(status).toBe(1);
    expect(out.match(/BEGIN:VEVENT/g)).toHaveLength(4);
    expect(errors).toBe(
      'activity-calendar: standard input:1: uid must be a text of 1 to 1000 characters\n' +
        'activity-calendar: standard input:2: not JSON\n',
    );
  });

  test('what two clones have comes once', () => {
    scene.run('git', ['clone', '-q', 'project', 'clone']);
    expect(scene.calendar(['git', 'project', 'clone', '-o', 'both.ics'])).toMatchObject({
      status: 0,
      errors: '4 of 8 commits: 4 added, 0 kept → both.ics\n',
    });
  });

  test('--dry-run says what would be done and changes nothing', () => {
    calendar('--author', 'Me', '-o', 'work.ics');
    const before = scene.read('work.ics');
    expect(calendar('-o', 'work.ics', '--upsert', '--dry-run')).toEqual({
      status: 0,
      out: '',
      errors: '4 of 4 commits: would be 1 added, 3 kept → work.ics\n',
    });
    expect(scene.read('work.ics')).toBe(before);
    expect(calendar('-o', 'new.ics', '-n').errors).toContain('would be 4 added');
    expect(() => statSync(scene.path('new.ics'))).toThrow('ENOENT');
  });

  test('with --state only what is new is read, and all of it when the file is gone', () => {
    const args = ['-o', 'work.ics', '--upsert', '--state', 'state.json'];
    expect(calendar(...args).errors).toContain('4 of 4 commits: 4 added');
    repository.commit({ message: 'New' });
    expect(calendar(...args).errors).toContain('1 of 1 commit: 1 added, 0 kept');
    expect(calendar(...args)).toMatchObject({ status: 0, errors: expect.stringContaining('0 of 0 commits') });
    scene.run('rm', ['work.ics']);
    expect(calendar(...args).errors).toContain('5 of 5 commits: 5 added');
    expect(calendar(...args, '--author', 'Me').errors).toContain('4 of 5 commits by Me');
  });

  test('a state file that is none is told with its cure', () => {
    scene.write('state.json', '{"version":7}');
    expect(calendar('-o', 'work.ics', '--upsert', '--state', 'state.json')).toMatchObject({
      status: 2,
      errors:
        'activity-calendar: state.json: not a state file of activity-calendar; ' +
        'name another file, or remove this one to read all again\n',
    });
  });
});

describeWith([...needs, program('khal')], 'khal', () => {
  test('imports a calendar twice without doubles', () => {
    const scene = new Scene();
    const repository = new GitRepository(scene, 'project');
    for (let day = 10; day < 20; day += 1)
      repository.commit({ message: `Day ${day}`, date: `2024-03-${day}T10:00:00 +0000` });
    scene.calendar(['git', 'project', '-o', 'work.ics']);
    const calendars = `[calendars]\n[[work]]\npath = ${scene.path('khal')}\ntype = calendar\n`;
    const locale =
      '[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n';
    const config = scene.write(
      'khal.conf',
      `${calendars}${locale}timeformat = %H:%M\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n`,
    );
    scene.run('mkdir', ['khal']);
    const items = () =>
      scene
        .run('khal', ['-c', config, 'list', '--format', '{title}', '--day-format', '', '2024-03-01', '30d'])
        .trim()
        .split('\n');
    for (let times = 0; times < 2; times += 1) {
      scene.run('khal', ['-c', config, 'import', '-a', 'work', '--batch', 'work.ics']);
      expect(items()).toHaveLength(10);
    }
    scene[Symbol.dispose]();
  });
});

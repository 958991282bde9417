import { describeWith, program, pythonModule } from '../../../tools/testing/describe-with.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene } from './testing/scene.ts';
import { SvnRepository } from './testing/svn-repository.ts';

const needs = [program('git'), program('svn', 'subversion'), pythonModule('vobject', 'python3-vobject')];

describeWith(needs, 'a calendar from a configuration file', () => {
  let scene: Scene;
  let svn: SvnRepository;
  beforeEach(() => {
    scene = new Scene();
    new GitRepository(scene, 'conf/a').commit({ message: 'In Git', date: '2024-01-01T00:00:00Z' });
    svn = new SvnRepository(scene, 'svn', [
      { author: 'me', message: 'In Subversion', date: '2024-01-02T00:00:00.000000Z' },
    ]);
    scene.write(
      'conf/bans.ndjson',
      '{"uid":"b@h","source":{"kind":"ban","id":"h"},"startMs":1704326400000,"endMs":1704330000000,"title":"ban"}\n',
    );
    scene.write(
      'conf/calendar.yaml',
      `name: All
output: all.ics
since: 2024
until: 2024
sources:
  - git: a
  - svn: ${svn.url}
    author: me
  - activities: bans.ndjson
`,
    );
  });
  afterEach(() => scene[Symbol.dispose]());

  const titles = (name = 'conf/all.ics') => scene.events(name).map(({ summary }) => summary);

  test('has all its sources, by paths that are relative to the file', () => {
    expect(scene.calendar(['write', '--config', 'conf/calendar.yaml'])).toEqual({
      status: 0,
      out: '',
      errors: '3 of 2 commits and 1 line by me: 3 added, 0 kept → all.ics\n',
    });
    expect(titles()).toEqual(['In Git', 'r1 In Subversion', 'ban']);
  });

  test('goes where the command line says, if it says so', () => {
    expect(scene.calendar(['write', '--config', 'conf/calendar.yaml', '-o', 'here.ics', '--name', 'Mine']).status).toBe(
      0,
    );
    expect(scene.read('here.ics')).toContain('X-WR-CALNAME:Mine\r\n');
    expect(scene.calendar(['write', '--config', 'conf/calendar.yaml', '--json']).out.split('\n')).toHaveLength(4);
  });

  test('keeps what it has of a source that fails, tells file, line and cure, and has the news of the others', () => {
    scene.calendar(['write', '--config', 'conf/calendar.yaml']);
    scene.run('mv', ['svn', 'gone']);
    scene.run('git', [
      '-C',
      'conf/a',
      '-c',
      'user.name=Me',
      '-c',
      'user.email=x',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'News',
      '--date',
      '2024-02-01T00:00:00Z',
    ]);
    const { status, errors } = scene.calendar(['write', '--config', 'conf/calendar.yaml']);
    expect(status).toBe(1);
    expect(errors).toMatch(/^activity-calendar: conf\/calendar\.yaml:7: svn file:.*; /m);
    expect(errors).toContain('1 added, 2 kept → all.ics');
    expect(titles()).toEqual(['In Git', 'r1 In Subversion', 'ban', 'News']);
  });

  test('of which one source has a fault has the others, and exit 1', () => {
    scene.write(
      'conf/calendar.yaml',
      'output: all.ics\nsources:\n  - git: a\n  - git: a\n    autor: me\n  - maildir: nosuch\n',
    );
    expect(scene.calendar(['write', '--config', 'conf/calendar.yaml'])).toMatchObject({
      status: 1,
      errors: expect.stringMatching(
        /^activity-calendar: conf\/calendar\.yaml:5: unknown key 'autor'; did you mean author\?\nactivity-calendar: conf\/calendar\.yaml:6: maildir .*nosuch.*\n1 of 1 commit/,
      ),
    });
    expect(titles()).toEqual(['In Git']);
  });

  test('of which all sources fail is not written, and exit 2', () => {
    scene.write('conf/calendar.yaml', 'output: all.ics\nsources:\n  - git: nosuch\n  - hg: nosuch\n');
    expect(scene.calendar(['write', '--config', 'conf/calendar.yaml']).status).toBe(2);
    expect(() => scene.read('conf/all.ics')).toThrow('ENOENT');
  });

  test('that is wrong does nothing, and tells all that is wrong', () => {
    scene.write('conf/calendar.yaml', 'output: all.ics\nslot: 5\nsplit: week\nsources:\n  - git: a\n');
    expect(scene.calendar(['write', '--config', 'conf/calendar.yaml'])).toEqual({
      status: 2,
      out: '',
      errors: expect.stringMatching(
        /^activity-calendar: conf\/calendar\.yaml:2: slot must be .*\nactivity-calendar: conf\/calendar\.yaml:3: split must be one of year, month, not "week"; .*\n$/,
      ),
    });
  });
});

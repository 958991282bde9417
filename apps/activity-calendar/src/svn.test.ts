import { describeWith, program, pythonModule } from '../../../tools/testing/describe-with.ts';
import { freePort } from '../../../tools/testing/free-port.ts';
import { until } from '../../../tools/testing/until.ts';
import { Scene } from './testing/scene.ts';
import { SvnRepository } from './testing/svn-repository.ts';

const subversion = [program('svn', 'subversion'), program('svnadmin', 'subversion')];
const python = [pythonModule('vobject', 'python3-vobject'), pythonModule('icalendar', 'python3-icalendar')];

const revisions = [
  { author: 'me', message: 'First things first', date: '2020-01-02T03:04:05.999999Z' },
  { author: 'you', message: 'Not mine', date: '2020-01-02T04:00:00.000000Z' },
  { author: 'me', message: 'Two lines,\nwith; a "semicolon" \\ & <ümlauts>\n', date: '2020-06-30T23:59:59.000000Z' },
  { message: 'Nobody did this', date: '2020-07-01T00:00:00.000000Z' },
  { author: 'me.too', date: '2021-07-01T12:00:00.500000Z' },
  { author: 'you', message: '', date: '2021-07-02T12:00:00.000000Z' },
];

describeWith([...subversion, ...python], 'of a Subversion repository', () => {
  let scene: Scene;
  let repository: SvnRepository;
  beforeAll(() => {
    scene = new Scene();
    repository = new SvnRepository(scene, 'repository', revisions);
  });
  afterAll(() => scene[Symbol.dispose]());

  test('the commits of one author become a calendar', () => {
    const { status, out, errors } = scene.calendar(['svn', repository.url, '--author', 'me', '-o', 'me.ics']);
    expect({ status, out, errors }).toEqual({
      status: 0,
      out: '',
      errors: '2 of 6 commits by me: 2 added, 0 kept → me.ics\n',
    });
    const { uuid } = repository;
    expect(scene.events('me.ics')).toEqual([
      {
        uid: `r1@${uuid}`,
        start: Date.UTC(2020, 0, 2, 2, 59, 5) / 1000,
        end: Date.UTC(2020, 0, 2, 3, 4, 5) / 1000,
        summary: 'r1 First things first',
        description: 'me:\n\nFirst things first',
        categories: ['repository'],
        url: null,
      },
      expect.objectContaining({ uid: `r3@${uuid}`, summary: 'r3 Two lines,' }),
    ]);
  });

  test('--compat svn2ical gives the titles, texts and times of svn2ical, and the same uids each time', () => {
    scene.python('svn2ical-way.py', [repository.url, scene.path('theirs.ics')]);
    expect(scene.calendar(['svn', repository.url, '--compat', 'svn2ical', '-o', 'ours.ics']).status).toBe(0);
    const told = (name: string) =>
      scene.events(name).map(({ start, end, summary, description }) => ({ start, end, summary, description }));
    expect(told('ours.ics')).toEqual(told('theirs.ics'));
    expect(told('ours.ics')).toHaveLength(6);
    expect(scene.read('ours.ics')).toContain('PRODID:-//SVN2ICAL//kev.coolcavemen.com//\r\n');

    const before = scene.read('ours.ics');
    scene.calendar(['svn', repository.url, '--compat', 'svn2ical', '-o', 'ours.ics']);
    expect(scene.read('ours.ics')).toBe(before);
  });

  test('--compat svn2ical compares authors letter by letter, as svn2ical', () => {
    scene.python('svn2ical-way.py', [repository.url, scene.path('theirs.ics'), 'me', 'me.too']);
    const authors = ['--author', 'me', '--author', 'me.too'];
    scene.calendar(['svn', repository.url, '--compat', 'svn2ical', ...authors, '-o', 'ours.ics']);
    expect(scene.events('ours.ics').map(({ summary }) => summary)).toEqual(
      scene.events('theirs.ics').map(({ summary }) => summary),
    );
    expect(
      scene.calendar(['svn', repository.url, '--compat', 'svn2ical', '--author', 'ME', '-o', 'none.ics']).status,
    ).toBe(1);
  });

  test('a character that no XML may have ends the way of svn2ical, and not ours', () => {
    const hostile = new SvnRepository(scene, 'hostile', revisions);
    hostile.setMessage(2, 'before \ufffe after');
    const script = new URL('../testdata/svn2ical-way.py', import.meta.url).pathname;
    expect(scene.attempt('/usr/bin/python3', [script, hostile.url, scene.path('theirs.ics')]).errors).toContain(
      'not well-formed',
    );
    expect(scene.calendar(['svn', hostile.url, '--compat', 'svn2ical', '-o', 'ours.ics'])).toMatchObject({ status: 0 });
    expect(scene.events('ours.ics')[1]?.description).toMatch(/^you:\n\nbefore .* after$/);
  });

  test('svnserve gives the same calendar as the folder', async () => {
    const port = await freePort();
    const server = scene.start(
      ['-d', '--foreground', '--listen-host', '127.0.0.1', '--listen-port', String(port), '-r', scene.dir],
      ['svnserve'],
    );
    await until(
      () => scene.attempt('svn', ['info', '--non-interactive', `svn://127.0.0.1:${port}/repository`]).status === 0,
    );
    expect(scene.calendar(['svn', repository.url, '-o', 'file.ics']).status).toBe(0);
    expect(scene.calendar(['svn', `svn://127.0.0.1:${port}/repository`, '-o', 'net.ics']).status).toBe(0);
    expect(scene.read('net.ics')).toBe(scene.read('file.ics'));
    server.child.kill();
    await server.ended;
  });
});

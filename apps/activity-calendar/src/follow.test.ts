import { existsSync } from 'node:fs';
import { describeWith, program, pythonModule } from '../../../tools/testing/describe-with.ts';
import { until } from '../../../tools/testing/until.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene } from './testing/scene.ts';

describeWith([program('git'), pythonModule('vobject', 'python3-vobject')], '--follow', () => {
  let scene: Scene;
  let repository: GitRepository;
  beforeEach(() => {
    scene = new Scene();
    repository = new GitRepository(scene, 'project');
    repository.commit({ message: 'Before' });
  });
  afterEach(() => scene[Symbol.dispose]());

  const has = (title: string) => () =>
    existsSync(scene.path('work.ics')) && scene.read('work.ics').includes(`SUMMARY:${title}\r\n`);

  test('writes a commit into the file when it is made, says so in a line, and ends cleanly', async () => {
    const { child, ended, errors } = scene.start([
      'git',
      'project',
      '--follow',
      '--state',
      'state.json',
      '-o',
      'work.ics',
    ]);
    await until(has('Before'));
    repository.commit({ message: 'While it runs' });
    await until(has('While it runs'));
    await until(() => errors().includes('While it runs'));
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ status: 0, out: '' });
    expect(errors()).toMatch(
      /^\d\d:\d\d:\d\d 1 added, 0 kept → work\.ics: Before\n\d\d:\d\d:\d\d 1 added, 0 kept → work\.ics: While it runs\n$/,
    );

    repository.commit({ message: 'Meanwhile' });
    const again = scene.start(['git', 'project', '--follow', '--state', 'state.json', '-o', 'work.ics']);
    await until(has('Meanwhile'));
    again.child.kill('SIGINT');
    expect((await again.ended).errors).toMatch(/^\S+ 1 added, 0 kept → work\.ics: Meanwhile\n$/);
    expect(scene.events('work.ics')).toHaveLength(3);
  });

  test('with --json prints activities as they are made, and the state has them all', async () => {
    const { child, ended } = scene.start(['git', 'project', '--follow', '--json', '--state', 'state.json']);
    let out = '';
    child.stdout?.on('data', (data) => {
      out += data;
    });
    await until(() => out.includes('"Before"'));
    repository.commit({ message: 'Now' });
    await until(() => out.includes('"Now"'));
    const head = repository.git('rev-parse', 'HEAD').trim();
    await until(() => existsSync(scene.path('state.json')) && scene.read('state.json').includes(head));
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
    expect(scene.calendar(['git', 'project', '--json', '--state', 'state.json']).out).toBe('');
  });

  test('loses nothing when it is killed, and has no doubles when it goes on', async () => {
    const args = ['git', 'project', '--follow', '--state', 'state.json', '-o', 'work.ics'];
    for (const title of ['One', 'Two', 'Three']) {
      const { child, ended } = scene.start(args);
      await until(has('Before'));
      repository.commit({ message: title });
      await until(has(title));
      repository.commit({ message: `${title} and a half` });
      child.kill('SIGKILL');
      await ended;
    }
    const { child, ended } = scene.start(args);
    await until(has('Three and a half'));
    child.kill('SIGTERM');
    await ended;
    expect(new Set(scene.events('work.ics').map(({ summary }) => summary)).size).toBe(7);
    expect(scene.events('work.ics')).toHaveLength(7);
  });

  test('of a Maildir writes a mail when it is delivered', async () => {
    for (const folder of ['cur', 'new', 'tmp']) scene.run('mkdir', ['-p', `Maildir/${folder}`]);
    const { child, ended } = scene.start(['maildir', 'Maildir', '--follow', '-o', 'work.ics']);
    const mail = (n: number) =>
      `From: me@example.org\nSubject: Mail ${n}\nDate: Tue, 12 Mar 2024 10:0${n}:00 +0100\nMessage-ID: <${n}@x>\n\nx\n`;
    for (const n of [1, 2]) {
      scene.write(`Maildir/tmp/${n}`, mail(n));
      scene.run('mv', [`Maildir/tmp/${n}`, `Maildir/new/${n}`]);
      await until(has(`Mail ${n}`));
    }
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ status: 0 });
  });

  test('of several sources survives the loss of one', async () => {
    new GitRepository(scene, 'other').commit({ message: 'Other' });
    scene.write('calendar.yaml', 'output: work.ics\nsources:\n  - git: nosuch\n  - git: [project, other]\n');
    const { child, ended } = scene.start(['write', '--config', 'calendar.yaml', '--follow']);
    await until(() => has('Before')() && has('Other')());
    repository.commit({ message: 'Later' });
    await until(has('Later'));
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ status: 1, errors: expect.stringContaining('calendar.yaml:3: git ') });
  });

  test('joins sessions that grow', async () => {
    const { child, ended } = scene.start(['git', 'project', '--follow', '--session', '8h', '-o', 'work.ics']);
    await until(() => existsSync(scene.path('work.ics')));
    repository.commit({ message: 'Grown', date: '2024-03-12T11:00:00 +0100' });
    await until(() => scene.read('work.ics').includes('Grown'));
    child.kill('SIGTERM');
    await ended;
    expect(scene.events('work.ics')).toHaveLength(1);
  });
});

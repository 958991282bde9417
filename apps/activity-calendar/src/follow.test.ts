import { existsSync } from 'node:fs';
import { describeWith, program, pythonModule } from '../../../tools/testing/describe-with.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene, until } from './testing/scene.ts';

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
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
    expect(scene.calendar(['git', 'project', '--json', '--state', 'state.json']).out).toBe('');
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

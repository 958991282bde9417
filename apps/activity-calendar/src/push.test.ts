import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { freePort } from '../../../tools/testing/free-port.ts';
import type { Running } from '../../../tools/testing/program-scene.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene } from './testing/scene.ts';

describeWith([program('git'), program('radicale')], 'push to Radicale', () => {
  let scene: Scene;
  let repository: GitRepository;
  let server: Running;
  let url: string;
  beforeAll(async () => {
    scene = new Scene();
    repository = new GitRepository(scene, 'project');
    for (const message of ['One', 'Two', 'Three']) repository.commit({ message });
    scene.write('users', 'me:secret word\n');
    const port = await freePort();
    url = `http://127.0.0.1:${port}/`;
    const config = scene.write(
      'radicale.conf',
      `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = ${scene.path('users')}\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = ${scene.path('storage')}\n`,
    );
    server = scene.start(['--config', config], ['radicale']);
    await untilAnswered(url);
  });
  afterAll(async () => {
    server.child.kill();
    await server.ended;
    scene[Symbol.dispose]();
  });

  const push = (...args: string[]) => {
    scene.write('password', 'secret word\n');
    const target = ['--caldav', url, '--calendar', 'Work', '--user', 'me', '--password-file', 'password'];
    return scene.calendar(['push', 'git', 'project', ...target, ...args]);
  };

  test('makes events, leaves them alone the second time, and sends what is new', () => {
    expect(push('--create', '--dry-run').status).toBe(0);
    expect(push('--create')).toEqual({
      status: 0,
      out: '',
      errors: '3 of 3 commits: 3 created, 0 updated, 0 unchanged → Work\n',
    });
    expect(push().errors).toBe('3 of 3 commits: 0 created, 0 updated, 3 unchanged → Work\n');
    const stored = readdirSync(scene.path('storage'), { recursive: true }).filter(
      (name) => String(name).endsWith('.ics') && !String(name).includes('.Radicale.cache'),
    );
    expect(stored).toHaveLength(3);
    repository.commit({ message: 'Four' });
    const { out } = push('--json');
    const outcomes = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).outcome);
    expect(outcomes.sort()).toEqual(['created', 'unchanged', 'unchanged', 'unchanged']);
  });

  test('takes the password from the environment, and says when it is wrong or the calendar is not there', () => {
    const args = ['push', 'git', 'project', '--caldav', url, '--calendar', 'Work', '--user', 'me'];
    const withPassword = (password: string, more: string[] = args) => {
      scene.env['ACTIVITY_CALENDAR_PASSWORD'] = password;
      const ended = scene.calendar(more);
      delete scene.env['ACTIVITY_CALENDAR_PASSWORD'];
      return ended;
    };
    expect(withPassword('secret word').status).toBe(0);
    const wrong = withPassword('wrong word');
    expect(wrong.status).toBe(2);
    expect(wrong.errors).toMatch(/^activity-calendar: .*; .*\n$/);
    expect(wrong.errors).not.toContain('wrong word');
    const missing = withPassword(
      'secret word',
      args.map((arg) => (arg === 'Work' ? 'Nosuch' : arg)),
    );
    expect(missing).toMatchObject({ status: 2, errors: expect.stringContaining('Nosuch') });
  });
});

async function untilAnswered(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries > 400) throw error;
      await sleep(50);
    }
  }
}

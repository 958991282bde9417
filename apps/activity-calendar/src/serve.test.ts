import { get } from 'node:http';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { until } from '../../../tools/testing/until.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene } from './testing/scene.ts';

describeWith([program('git')], 'serve', () => {
  test('prints its address, serves the calendar and what is added to it, and stops at the signal', async () => {
    const scene = new Scene();
    const repository = new GitRepository(scene, 'project');
    repository.commit({ message: 'Before' });
    scene.env['ACTIVITY_CALENDAR_TOKEN'] = '0123456789abcdef';
    const { child, out, ended } = scene.start(['serve', 'git', 'project', '--port', '0', '--name', 'Work']);
    await until(() => out().endsWith('\n'));
    const url = out().trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/0123456789abcdef\/$/);
    const feed = async () => (await fetch(`${url}calendar.ics`)).text();
    const untilServed = async (text: string) => {
      for (let tries = 0; !(await feed()).includes(text); tries += 1) {
        if (tries > 500) throw new Error(`never served: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await untilServed('SUMMARY:Before');
    expect(await feed()).toContain('X-WR-CALNAME:Work');
    repository.commit({ message: 'Added' });
    await untilServed('SUMMARY:Added');
    expect((await fetch(url.replace('0123456789abcdef', 'wrong'))).status).toBe(404);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ status: 0 });
    scene[Symbol.dispose]();
  });

  test('answers to the names of its machine and to those that it is told of, and to no other', async () => {
    const scene = new Scene();
    new GitRepository(scene, 'project').commit({ message: 'One' });
    const serve = ['serve', 'git', 'project', '--port', '0', '--allowed-host', 'calendar.example.org'];
    const { child, out, ended } = scene.start(serve);
    await until(() => out().endsWith('\n'));
    const { port } = new URL(out().trim());
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port, path: '/healthz', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    expect(await statusFor('localhost')).toBe(200);
    expect(await statusFor('calendar.example.org')).toBe(200);
    expect(await statusFor('evil.example.org')).not.toBe(200);
    child.kill('SIGTERM');
    await ended;
    scene[Symbol.dispose]();
  });
});

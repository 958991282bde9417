import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { GitRepository } from './testing/git-repository.ts';
import { Scene, until } from './testing/scene.ts';

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
});

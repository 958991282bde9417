import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { spawnChild } from '../../../../tools/testing/child.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';

for (const { release, needs } of eximReleases)
  describeWith(needs, `a scene with Exim ${release}`, () => {
    let scene: EximScene;
    beforeEach(async () => {
      scene = await eximScene({ release });
    });
    afterEach(() => scene.dispose());

    test('has a queue of its own, whose messages have the release’s ids', async () => {
      const id = await scene.submit({ from: 'a@x.test', to: 'b@defer.test' });
      expect(id).toMatch(release === 'new' ? /^\w{6}-\w{11}-\w{4}$/ : /^\w{6}-\w{6}-\w\w$/);
      const { stdout, code } = await scene.run(['-bp']);
      expect(code).toBe(0);
      expect(stdout).toContain(`${id} <a@x.test>\n          b@defer.test\n\n`);
      expect(scene.ids()).toEqual([id]);
    });

    test('delivers, defers, bounces and freezes by the domain', async () => {
      const partly = await scene.submit({ from: 'p@x.test', to: ['d@ok.test', 'u@defer.test'] }, 'deliver');
      await scene.submit({ from: '', to: 'x@fail.test' }, 'deliver');
      await scene.submit({ from: 'back@x.test', to: 'x@fail.test' }, 'deliver');
      await scene.submit({ to: 'x@freeze.test' }, 'deliver');
      await scene.submit({ to: 'x@list.test' }, 'deliver');
      await scene.submit({ to: 'x@onetime.test' }, 'deliver');
      await scene.submit({ to: 'x@ok.test' }, 'deliver');
      const { stdout } = await scene.run(['-bp']);
      expect(stdout).toContain(`${partly} <p@x.test>\n        D d@ok.test\n          u@defer.test\n`);
      expect(stdout.match(/<> \*\*\* frozen \*\*\*\n {10}x@fail\.test\n/g)).toHaveLength(1);
      expect(stdout.match(/<>\n {10}back@x\.test\n/g)).toHaveLength(1);
      expect(stdout.match(/<sender@x\.test> \*\*\* frozen \*\*\*\n {10}x@freeze\.test\n/g)).toHaveLength(1);
      expect(stdout).not.toContain('x@ok.test');
      expect(scene.ids()).toHaveLength(6);
    });

    test('locks a message while it delivers it, and gives it back when released', async () => {
      const { id, pid, release: unlock } = await scene.locked();
      expect((await scene.run(['-Mrm', id])).stdout).toBe(`Message ${id} is locked\n`);
      expect(existsSync(`/proc/${pid}`)).toBe(true);
      await unlock();
      await scene.remove(id);
      expect(scene.ids()).toEqual([]);
    });

    test('shows other users its configuration in the place of the machine’s', async () => {
      const machines = readdirSync('/etc/exim4');
      const id = await scene.submit({ from: 'spoof@x.test' }, 'queue', { user: 'games' });
      expect((await scene.run(['-bp'])).stdout).toContain(`${id} <spoof@x.test> (games)\n`);
      expect(await scene.runAs({ user: 'nobody' }, ['-bp'])).toMatchObject({ code: 1, stdout: '' });
      expect(await scene.runAs({ user: 'nobody', group: 'Debian-exim' }, ['-bpc'])).toMatchObject({ stdout: '1\n' });
      expect(readdirSync('/etc/exim4')).toEqual(machines);
    });

    test('moves messages to a named queue', async () => {
      const id = await scene.submit();
      await scene.park('parked', id);
      expect(scene.ids()).toEqual([]);
      expect(scene.ids('parked')).toEqual([id]);
    });

    test('removes what a run that was killed has left, and its processes', async () => {
      const child = spawnChild(new URL('testing/scene-child.ts', import.meta.url), [release]);
      const [line] = (await once(child.stdout as Readable, 'data')) as [Buffer];
      const { folder, pid } = JSON.parse(line.toString()) as { folder: string; pid: number };
      expect(existsSync(folder)).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await (await eximScene({ release })).dispose();
      expect(existsSync(folder)).toBe(false);
      expect(argumentsOf(pid)).toBe('');
    });

    test('leaves nothing behind', async () => {
      const { pid } = await scene.locked();
      await scene.dispose();
      expect(existsSync(scene.folder)).toBe(false);
      expect(argumentsOf(pid)).toBe('');
    });
  });

/** A process's arguments; one that ended and that nobody waited for may still be there, without them. */
const argumentsOf = (pid: number): string =>
  existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';

import { statSync } from 'node:fs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { lockOwners } from './lock-owners.ts';

for (const { release, needs } of eximReleases)
  describeWith(needs, `a message that Exim ${release} delivers`, () => {
    test('is locked by the process that delivers it, until it lets go', async () => {
      const scene = await eximScene({ release });
      const { id, pid, release: unlock } = await scene.locked();
      const { ino } = statSync(scene.file(id, '-D'));
      expect(lockOwners().get(ino)).toBe(pid);
      await unlock();
      expect(lockOwners().has(ino)).toBe(false);
    });
  });

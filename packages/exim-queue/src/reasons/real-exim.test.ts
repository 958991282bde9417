import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { readReasons } from './read-reasons.ts';

for (const { release, needs } of eximReleases)
  describeWith(needs, `the log of a message of Exim ${release}`, () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release });
    });
    const reasonsOf = async (to: readonly string[]): Promise<ReadonlyMap<string, string>> =>
      readReasons(scene.file(await scene.submit({ to }, 'deliver'), 'msglog'));

    test('has a reason for each recipient that waits, and none for one that is delivered', async () => {
      const reasons = await reasonsOf(['d@ok.test', 'u@defer.test', '"sp ace"@defer.test']);
      expect(reasons.get('u@defer.test')).toMatch(/defer \(-1\): nothing leaves this machine$/);
      expect(reasons.get('"sp ace"@defer.test')).toMatch(/defer \(-1\): nothing leaves this machine$/);
      expect(reasons.has('d@ok.test')).toBe(false);
    });

    test('has a reason for a recipient of whom a redirection made others', async () => {
      expect((await reasonsOf(['all@list.test'])).get('all@list.test')).toMatch(/defer \(-1\): nothing leaves/);
    });

    test('of one that was never tried tells nothing', async () => {
      expect(readReasons(scene.file(await scene.submit(), 'msglog')).size).toBe(0);
    });
  });

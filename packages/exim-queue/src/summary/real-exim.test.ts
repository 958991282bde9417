import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fixedClock } from '@sluice/pipeline';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { eximUser } from '../../../../tools/testing/exim/needs-exim.ts';
import { manyMessages } from '../example-spool/many-messages.ts';
import { writeSpool } from '../example-spool/write-spool.ts';
import { placeOf } from '../testing/place-of.ts';
import { summarize } from './summarize.ts';
import { summaryText } from './summary-text.ts';

const hourMs = 3_600_000;

for (const { release, needs } of eximReleases)
  describeWith([...needs, program('perl')], `the summary and exiqsumm of Exim ${release}`, () => {
    let scene: EximScene;
    beforeEach(async () => {
      scene = await eximScene({ release });
    });

    /** Both tables of the same queue, made within a moment in which no age in them changed. */
    const tables = async (): Promise<{ readonly ours: string; readonly theirs: string }> => {
      const oursNow = async (): Promise<string> =>
        summaryText(await summarize(placeOf(scene.spool, { aside: false }), { clock: fixedClock(Date.now()) }));
      for (;;) {
        const before = await oursNow();
        const { stdout } = await scene.run(['-bp']);
        const ours = await oursNow();
        if (ours !== before) continue;
        const exiqsumm = spawnSync('perl', [scene.tool('exiqsumm')], { input: stdout, env: process.env });
        return { ours, theirs: exiqsumm.stdout.toString() };
      }
    };

    test('are the same text for a queue of real messages, some partly delivered, some frozen', async () => {
      await scene.bsmtp(
        Array.from({ length: 60 }, (_, index) => ({
          from: index % 5 === 0 ? '' : `s${index}@x${index % 7}.test`,
          to: [`r@defer${index % 4}.test`, `r@DEFER${index % 3}.test`].slice(0, 1 + (index % 2)),
        })),
      );
      await scene.submit({ to: ['d@ok.test', 'u@defer1.test'] }, 'deliver');
      await scene.submit({ from: '', to: 'x@fail.test' }, 'deliver');
      await scene.submit({ to: 'big@defer9.test', body: 'x'.repeat(20_000) });
      const { ours, theirs } = await tables();
      expect(ours).toBe(theirs);
      expect(theirs).toContain('fail.test');
    });

    test('have the same counts and ages for a large queue, and volumes but for the last digit', async () => {
      rmSync(scene.spool, { recursive: true });
      const owner = eximUser();
      // Ages that are shown in days change rarely enough.
      writeSpool(scene.spool, manyMessages({ count: 600, nowMs: Date.now() - 80 * hourMs }), {
        ids: release === 'new' ? 'long' : 'short',
        ...(owner !== undefined && { owner }),
      });
      const { ours, theirs } = await tables();
      const lines = (text: string): string[][] =>
        [...text.matchAll(/^ *(\d+) +(\d+)([KM]B)? +(\w+) +(\w+) {2}(.*)$/gm)].map(([, ...fields]) => fields);
      const facts = (text: string): string[][] => lines(text).map(([count = '', , ...rest]) => [count, ...rest]);
      const volumes = (text: string): number[] => lines(text).map(([, volume]) => Number(volume));
      expect(facts(ours)).toEqual(facts(theirs));
      expect(volumes(ours).length).toBeGreaterThan(300);
      // Sums of rounded numbers depend on the order in which they are added up.
      for (const [index, volume] of volumes(theirs).entries())
        expect(Math.abs(volume - (volumes(ours)[index] ?? 0))).toBeLessThanOrEqual(1);
    });
  });

import { readFileSync, statSync, truncateSync } from 'node:fs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { bpAge } from './bp-age.ts';
import { bpSize } from './bp-size.ts';

const kib = 1024;
const mib = kib * kib;
/** Where the shown text changes, and ties of its decimal. */
const sizeBounds = [999, 1023, 1075, 1280, 1792, 10188, 10239, 10240, 10752, 11 * kib + 511, 99 * kib + 512].concat(
  [999 * kib + 512, mib - 513, mib - 512, mib - 1, mib, 1.25 * mib, 1.75 * mib, 10 * mib - 1, 10 * mib, 10.5 * mib],
  [99.5 * mib, 3 * 1024 * mib],
);
const sizes = sizeBounds.flatMap((size) => [size - 1, size, size + 1]);

const minute = 60;
const hour = 60 * minute;
const ages = [0, 59, minute, 90 * minute, 91 * minute, 150 * minute, 72 * hour, 72.5 * hour, 84 * hour, 83.5 * hour]
  .concat([100 * 24 * hour, 9999 * 24 * hour, -30, -minute, -2 * hour])
  .flatMap((age) => [age - 1, age, age + 1]);

for (const { release, needs } of eximReleases) {
  describeWith(needs, `with the real Exim (${release})`, () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release });
      await scene.bsmtp(Array.from({ length: Math.max(sizes.length, ages.length) }, () => ({ body: 'x\n' })));
    });

    /** Age and size of each message as Exim shows them. */
    const shown = async (): Promise<{ columns: Map<string, string[]>; startedMs: number; endedMs: number }> => {
      const { stdout, startedMs, endedMs } = await scene.run(['-bp']);
      const lines = [...stdout.matchAll(/^( *-?\d+[mhd]) (.{5,}?) (\S{16}|\S{23}) <sender@x\.test>$/gm)];
      return {
        columns: new Map(lines.map(([, age = '', size = '', id = '']) => [id, [age, size]])),
        startedMs,
        endedMs,
      };
    };

    test('sizes are shown as Exim shows them, at every bound', async () => {
      const ids = scene.ids().sort().slice(0, sizes.length);
      const before = (await shown()).columns;
      ids.forEach((id, index) => {
        const file = scene.file(id, '-D');
        // A small size is shown exactly; what is missing to the wanted one is put into the body.
        const missing = (sizes[index] ?? 0) - Number(before.get(id)?.[1]);
        truncateSync(file, statSync(file).size + missing);
      });
      const after = (await shown()).columns;
      expect(ids.map((id) => after.get(id)?.[1])).toEqual(sizes.map(bpSize));
    });

    test('ages are shown as Exim shows them, at every bound', async () => {
      const ids = scene.ids().sort().slice(0, ages.length);
      const receivedMs = ids.map((id, index) => {
        scene.age(id, (ages[index] ?? 0) * 1000);
        const [, seconds] = /^(\d+) \d+$/m.exec(readFileSync(scene.file(id, '-H'), 'latin1')) ?? [];
        return Number(seconds) * 1000;
      });
      const { columns, startedMs, endedMs } = await shown();
      ids.forEach((id, index) => {
        const possible = [startedMs, endedMs].map((nowMs) => bpAge(receivedMs[index] ?? 0, nowMs));
        expect(possible).toContain(columns.get(id)?.[0]);
      });
    });
  });
}

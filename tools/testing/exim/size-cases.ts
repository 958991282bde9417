import { statSync, truncateSync } from 'node:fs';
import type { EximScene } from './exim-scene.ts';
import { plantCopy } from './plant.ts';

/** At the edges of how `exim -bp` shows a size, and where C and JavaScript round in different ways. */
const shownSizes = [
  999, 1000, 1023, 1024, 1075, 1076, 1280, 1331, 1332, 1792, 2303, 2304, 9_999, 10_188, 10_189, 10_239, 10_240, 10_751,
  10_752, 102_400, 523_775, 1_022_976, 1_048_063, 1_048_064, 1_048_575, 1_048_576, 1_310_720, 10_433_330, 10_485_759,
  10_485_760, 11_010_047, 11_010_048, 104_857_600,
];
/** Lengths of real bodies. */
const bodySizes = [500, 900, 4000, 9600, 10_400, 700_000, 800_000, 3_400_000, 12_000_000];

/** Puts in messages of certain sizes; gives their ids by name. */
export async function sizeCases(scene: EximScene): Promise<[string, string][]> {
  const bodies = bodySizes.map(async (bytes, n): Promise<[string, string]> => {
    const body = `${'x'.repeat(79)}\n`.repeat(bytes / 80);
    return [`body${n}`, await scene.submit({ body, from: `body${bytes}@x.test` })];
  });
  const smallest = await scene.submit({ from: 'size@x.test', body: '' });
  const { stdout } = await scene.run(['-bp', smallest]);
  const [, shown] = /^ *\d+m +(\d+) /.exec(stdout) ?? [];
  if (shown === undefined) throw new Error(`no size in ${stdout}`);
  const sizes = shownSizes.map((bytes, n): [string, string] => {
    const id = plantCopy(scene, smallest, n);
    // Made longer by hand, as a file with a hole.
    const file = scene.file(id, '-D');
    truncateSync(file, statSync(file).size + bytes - Number(shown));
    return [`size${n}`, id];
  });
  return [['smallest', smallest], ...sizes, ...(await Promise.all(bodies))];
}

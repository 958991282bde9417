import { statSync, truncateSync } from 'node:fs';
import type { EximScene } from './exim-scene.ts';

/** At the edges of how `exim -bp` shows a size, and where C and JavaScript round in different ways. */
const shownSizes = [
  999, 1000, 1023, 1024, 1075, 1076, 1280, 1331, 1332, 1792, 2303, 2304, 9_999, 10_188, 10_189, 10_239, 10_240, 10_751,
  10_752, 102_400, 523_775, 1_022_976, 1_048_063, 1_048_064, 1_048_575, 1_048_576, 1_310_720, 10_433_330, 10_485_759,
  10_485_760, 11_010_047, 11_010_048, 104_857_600,
];
/** Lengths of real bodies. */
const bodySizes = [500, 900, 4000, 9600, 10_400, 700_000, 800_000, 3_400_000, 12_000_000];

/** Messages of certain sizes, each with what gives its id. */
export const sizeCases = (scene: EximScene): readonly (readonly [string, () => Promise<string>])[] => [
  ...bodySizes.map(
    (bytes, n) =>
      [
        `body${n}`,
        () => scene.submit({ body: `${'x'.repeat(79)}\n`.repeat(bytes / 80), from: `body${bytes}@x.test` }),
      ] as const,
  ),
  ...shownSizes.map((bytes, n) => [`size${n}`, () => sized(scene, bytes)] as const),
];

/** A message that has exactly the size: its -D is made longer by hand, as a file with a hole. */
async function sized(scene: EximScene, bytes: number): Promise<string> {
  const id = await scene.submit({ from: `size${bytes}@x.test`, body: '' });
  const { stdout } = await scene.run(['-bp', id]);
  const [, shown] = /^ *\d+m +(\d+) /.exec(stdout) ?? [];
  if (shown === undefined) throw new Error(`no size in ${stdout}`);
  const file = scene.file(id, '-D');
  truncateSync(file, statSync(file).size + bytes - Number(shown));
  return id;
}

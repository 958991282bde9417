import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { bpBlocks } from '../../../../tools/testing/exim/bp-blocks.ts';
import { cornerCases } from '../../../../tools/testing/exim/corner-cases.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { dice, headerVariant } from '../../../../tools/testing/exim/header-variants.ts';
import { plant, plantedId } from '../../../../tools/testing/exim/plant.ts';
import { bpText } from '../render/bp-text.ts';
import { entriesOf, placeOf } from './testing/our-list.ts';

/** Other numbers give other damage: `DAMAGE_SEED=7 DAMAGE_COUNT=20000`; `DAMAGE_FILE=path` gets all that differs. */
const seed = Number(process.env['DAMAGE_SEED'] ?? 1);
const count = Number(process.env['DAMAGE_COUNT'] ?? 1500);

const bases =
  'plain dsn utf8 oneTime partly frozen games twoLinesLikeFlags partlyQuoted list frozenBounce manyHeaders'.split(' ');

/** Exim's list, without the messages that end it: some damage makes Exim give up at that message. */
async function theirList(scene: EximScene): Promise<{ blocks: string[]; fatal: string[]; atMs: number }> {
  const fatal: string[] = [];
  for (;;) {
    const { stdout, code, endedMs } = await scene.run(['-bp']);
    const blocks = bpBlocks(stdout);
    if (code === 0) return { blocks, fatal, atMs: endedMs };
    // The planted ids follow one another as they are listed.
    const listed = new Set(stdout.match(/^[ \w.]* \w{6}-\w+-\w+(?= <|$)/gm)?.map((line) => line.split(' ').at(-1)));
    const next = scene
      .ids()
      .sort()
      .find((id) => !listed.has(id));
    if (next === undefined) throw new Error(`exim -bp: ${code}`);
    fatal.push(next);
    rmSync(scene.file(next, '-H'));
  }
}

for (const { release, needs } of eximReleases)
  describeWith(needs, `damaged -H of all kinds and Exim ${release}`, () => {
    let scene: EximScene;
    const damage = new Map<string, ReturnType<typeof lineDifference>>();
    beforeAll(async () => {
      const source = await eximScene({ release });
      const ids = await cornerCases(source);
      const texts = bases.map((name) => readFileSync(source.file(ids.get(name) ?? '', '-H'), 'latin1'));
      await source.dispose();
      scene = await eximScene({ release });
      const roll = dice(seed);
      for (let n = 0; n < count; n++) {
        const text = texts[n % texts.length] ?? '';
        const header = headerVariant(text, roll);
        const id = plantedId(n, release === 'new');
        damage.set(id, lineDifference(text, header));
        plant(scene, id, header);
      }
    });

    test('give the same list, message by message', async () => {
      // Ours first: it is to cope with what ends Exim's, too.
      expect(await entriesOf(placeOf(scene))).toHaveLength(count);
      const { blocks, fatal, atMs } = await theirList(scene);
      expect(fatal.length).toBeLessThan(count / 50);
      const entries = await entriesOf(placeOf(scene));
      const ours = new Map(entries.map((entry) => [entry.id, bpText(entry, atMs)]));
      const differ = blocks.flatMap((theirs) => {
        const id = /^[ \w.]* (\w{6}-\w+-\w+)/.exec(theirs)?.[1] ?? '';
        const text = ours.get(id);
        return withoutTime(text) === withoutTime(theirs) ? [] : [{ ours: text, theirs, ...damage.get(id) }];
      });
      if (process.env['DAMAGE_FILE'] !== undefined)
        writeFileSync(process.env['DAMAGE_FILE'] + release, JSON.stringify(differ, null, 1));
      expect(differ.slice(0, 3)).toEqual([]);
      expect(blocks).toHaveLength(count - fatal.length);
    });
  });

/** A damaged time may be one at which an age is just becoming another. */
const withoutTime = (text: string | undefined): string | undefined => text?.replace(/^ *-?\d+[mhd] /, '');

/** The lines in which a text differs from what it was made of. */
function lineDifference(text: string, changed: string): { was: string; became: string; after: string } {
  const [from, to] = [text.split('\n'), changed.split('\n')];
  let before = 0;
  while (before < from.length && from[before] === to[before]) before++;
  let behind = 0;
  while (behind < Math.min(from.length, to.length) - before && from.at(-1 - behind) === to.at(-1 - behind)) behind++;
  const lines = (rows: readonly string[]): string =>
    rows
      .slice(before, rows.length - behind)
      .join('\n')
      .slice(0, 300);
  return { was: lines(from), became: lines(to), after: from[before - 1] ?? '' };
}

import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { cornerCases } from '../../../../tools/testing/exim/corner-cases.ts';
import { type EximScene, eximReleases, eximScene, needsNewExim } from '../../../../tools/testing/exim/exim-scene.ts';
import { fiveHundred, fiveHundredMessages } from '../../../../tools/testing/exim/five-hundred.ts';
import { plant, plantedId } from '../../../../tools/testing/exim/plant.ts';
import { bothLists, entriesOf, placeOf } from './testing/our-list.ts';

const byExim = { backend: 'exim', backendReason: 'a test' } as const;

/** That our list is Exim's, byte for byte, and of so many messages. */
async function expectSame(scene: EximScene, messages: number, place = placeOf(scene), args: readonly string[] = []) {
  const { ours, theirs } = await bothLists(scene, place, args);
  expect(ours).toEqual(theirs);
  expect(theirs).toHaveLength(messages);
}

for (const { release, needs } of eximReleases)
  for (const split of [false, true])
    describeWith(needs, `our list and that of Exim ${release}, ${split ? 'split' : 'unsplit'}`, () => {
      let scene: EximScene;
      beforeEach(async () => {
        scene = await eximScene({ release, split });
      });
      afterEach(() => scene.dispose());

      test('are the same for the corner cases, by the files and by Exim’s text', async () => {
        const ids = await cornerCases(scene);
        await expectSame(scene, ids.size);
        const problems = new Map((await entriesOf(placeOf(scene))).map(({ id, problem }) => [id, problem?.kind]));
        const kinds = ['truncated', 'shortHeader', 'noBody', 'headerIsNoFile', 'journal', 'unknownFlag', 'partly'];
        expect(kinds.map((name) => problems.get(ids.get(name) ?? ''))).toEqual([
          'envelope',
          'headers',
          'body',
          'read',
          undefined,
          undefined,
          undefined,
        ]);
        // The text tells when a message was received in whole hours or days, so the id's time is taken.
        for (const [name, id] of ids) if (/^age\d/.test(name)) await scene.remove(id);
        await expectSame(scene, scene.ids().length, placeOf(scene, byExim));
      });

      test('are the same for an empty queue', () => expectSame(scene, 0));

      test('are the same for a named queue', async () => {
        await scene.bsmtp(fiveHundredMessages.slice(0, 80), 2);
        const moved = scene.ids().sort().slice(0, 40);
        await scene.park('parked', ...moved);
        await expectSame(scene, 40, placeOf(scene, { queue: 'parked' }), ['-qGparked']);
        await expectSame(scene, 40, placeOf(scene, { queue: 'parked', ...byExim }), ['-qGparked']);
        await expectSame(scene, scene.ids().length);
        const all = await entriesOf(placeOf(scene, { queue: '*' }));
        expect(
          all
            .filter(({ queue }) => queue === 'parked')
            .map(({ id }) => id)
            .sort(),
        ).toEqual(moved);
        expect(all).toHaveLength(40 + scene.ids().length);
      });

      test('are the same while a delivery has got through to some recipients', async () => {
        const { id, pid, release: unlock } = await scene.locked({ to: ['done@ok.test', 'later@defer.test'] });
        await expectSame(scene, 1);
        expect(await entriesOf(placeOf(scene))).toMatchObject([{ id, state: 'delivering', lockedBy: pid }]);
        await unlock();
        // The journal is still there: the next delivery reads it.
        expect(readdirSync(path.dirname(scene.file(id, '-H')))).toContain(`${id}-J`);
        await expectSame(scene, 1);
        expect(await entriesOf(placeOf(scene))).toMatchObject([{ id, state: expect.stringMatching(/new|deferred/) }]);
      });
    });

for (const { release, needs } of eximReleases)
  describeWith(needs, `our list of a long queue and that of Exim ${release}`, () => {
    test('are the same for 500 messages, and stay so', async () => {
      const scene = await eximScene({ release, split: release === 'new' });
      await fiveHundred(scene);
      await expectSame(scene, 500);
      const some = (step: number): string[] =>
        scene
          .ids()
          .sort()
          .filter((_, n) => n % step === 3);
      await scene.deliver(...some(29));
      await scene.freeze(...(await unfrozen(scene)).filter((_, n) => n % 31 === 3));
      await scene.remove(...some(11));
      await scene.run(['-Mes', scene.ids()[0] ?? '', '"a>b"@x.test']);
      await scene.run(['-Mar', scene.ids()[1] ?? '', 'added@x.test', '"sp ace"@x.test']);
      await expectSame(scene, scene.ids().length);
      await expectSame(scene, scene.ids().length, placeOf(scene, byExim));
    });
  });

for (const { release, needs } of eximReleases)
  describeWith(needs, `frozen messages that Exim ${release} puts aside`, () => {
    test('are in our list, marked, and not in Exim’s', async () => {
      const scene = await eximScene({ release, aside: true });
      const [bounce, held, stays] = [
        await scene.submit({ from: '', to: 'x@fail.test' }, 'deliver'),
        await scene.submit({ to: 'x@freeze.test' }, 'deliver'),
        await scene.submit(),
      ];
      expect((await scene.run(['-bp'])).stdout).not.toContain(bounce);
      await expectSame(scene, 1);
      const entries = await entriesOf(placeOf(scene, { aside: true }));
      expect(entries.map(({ id, isAside, state }) => ({ id, isAside, state }))).toEqual([
        { id: bounce, isAside: true, state: 'frozen' },
        { id: held, isAside: true, state: 'frozen' },
        { id: stays, isAside: false, state: 'new' },
      ]);
    });
  });

describeWith(needsNewExim, 'a queue with both formats of ids', () => {
  let scene: EximScene;
  beforeEach(async () => {
    scene = await eximScene({ release: 'new', split: true });
  });

  test('is listed as the new Exim lists it, with the old files where they were', async () => {
    const old = await eximScene({ release: '4.96' });
    await Promise.all([cornerCases(scene), cornerCases(old)]);
    const count = scene.ids().length + old.ids().length;
    // As after an update.
    cpSync(path.join(old.spool, 'input'), path.join(scene.spool, 'input'), { recursive: true });
    for (const name of readdirSync(path.join(scene.spool, 'input'))) scene.own(path.join(scene.spool, 'input', name));
    await expectSame(scene, count);
  });

  test('is in the order of the new Exim also within a second', async () => {
    const header = readFileSync(scene.file(await scene.submit(), '-H'), 'latin1');
    const second = plantedId(0, false).slice(0, 6);
    const parts = ['00', '0A', '1n', 'Zz', 'aa', 'zz', '0000', '0AAA', '1n00', '1nzz', 'Zz00', 'aaaa', 'zzzz', '000z'];
    for (const part of parts) plant(scene, `${second}-${'0'.repeat(part.length === 2 ? 6 : 11)}-${part}`, header);
    const { ours, theirs } = await bothLists(scene);
    const order = (blocks: readonly string[]): string[] => blocks.map((block) => block.slice(11, 36).trim());
    expect(order(ours)).toEqual(order(theirs));
    expect(theirs).toHaveLength(parts.length + 1);
  });
});

async function unfrozen(scene: EximScene): Promise<string[]> {
  const entries = await entriesOf(placeOf(scene));
  return entries.filter(({ frozenSinceMs }) => frozenSinceMs === undefined).map(({ id }) => id);
}

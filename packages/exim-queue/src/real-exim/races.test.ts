import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { fiveHundredMessages } from '../../../../tools/testing/exim/five-hundred.ts';
import type { QueueEntry } from '../queue-entry.ts';
import { entriesOf, placeOf } from './testing/our-list.ts';

/** What was sent, by the subject: what an entry must show, whenever it is read. */
const sent = new Map(fiveHundredMessages.map((message) => [message.subject ?? '', message]));

/** That an entry is a whole message and the right one, at any moment of its life. */
function expectWhole({ headers, sender, recipients, problem, sizeBytes }: QueueEntry): void {
  const subject = headers?.['subject']?.[0] ?? '';
  // What Exim sends back itself is none of those that were sent.
  if (subject.startsWith('Mail delivery failed')) return;
  const message = sent.get(subject);
  expect({ subject, sender, recipients: recipients.map(({ address }) => address), problem: problem?.kind }).toEqual({
    subject,
    sender: message?.from,
    recipients: [message?.to ?? []].flat(),
    // A message whose -D is already gone and whose -H is not yet: for a moment this is all that there is of it.
    problem: problem?.kind === 'body' ? 'body' : undefined,
  });
  if (problem === undefined) expect(sizeBytes).toBeGreaterThan(100);
}

for (const { release, needs } of eximReleases)
  describeWith(needs, `listing while Exim ${release} works`, () => {
    let scene: EximScene;
    beforeEach(async () => {
      scene = await eximScene({ release, split: release === 'new' });
    });
    afterEach(() => scene.dispose());

    /** Lists over and over while something is done to the queue; how often. */
    async function listWhile(work: Promise<unknown>): Promise<number> {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      let times = 0;
      for (; !isDone; times++)
        for (const entry of await entriesOf(placeOf(scene), { fields: ['size', 'locks', 'headers', 'reasons'] }))
          expectWhole(entry);
      await done;
      return times;
    }

    test('shows whole messages while they arrive, and all of them afterwards', async () => {
      const times = await listWhile(scene.bsmtp(fiveHundredMessages, 8));
      expect(times).toBeGreaterThan(1);
      expect(await entriesOf(placeOf(scene))).toHaveLength(500);
    });

    test('shows whole messages while they are frozen, thawed, delivered and removed', async () => {
      await scene.bsmtp(fiveHundredMessages, 8);
      const ids = scene.ids().sort();
      const share = (n: number): string[] => ids.filter((_, index) => index % 4 === n);
      const times = await listWhile(
        Promise.all([
          scene.freeze(...share(0)).then(() => scene.thaw(...share(0))),
          scene.run(['-M', ...share(1).slice(0, 60)]),
          scene.remove(...share(2)),
          scene.freeze(...share(3)).then(() => scene.remove(...share(3))),
        ]),
      );
      expect(times).toBeGreaterThan(1);
      await scene.quiet();
      const left = (await entriesOf(placeOf(scene))).map(({ id }) => id);
      expect(left.sort()).toEqual(scene.ids().sort());
      for (const id of [...share(2), ...share(3)]) expect(left).not.toContain(id);
    });
  });

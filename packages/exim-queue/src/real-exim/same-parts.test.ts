import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { cornerCases } from '../../../../tools/testing/exim/corner-cases.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { EximQueueError } from '../exim-queue-error.ts';
import { readPart } from '../part/read-part.ts';
import type { QueuePlace } from '../queue-place.ts';
import { placeOf } from './testing/our-list.ts';

const views = { headers: '-Mvh', body: '-Mvb', log: '-Mvl', message: '-Mvc' } as const;
type Part = keyof typeof views;

/** A part's text, each character a byte, or the code of the error. */
async function part(place: QueuePlace, id: string, which: Part): Promise<string> {
  const blocks: Uint8Array[] = [];
  try {
    for await (const block of readPart(place, id, which, {})) blocks.push(block);
  } catch (error) {
    if (error instanceof EximQueueError) return error.code;
    throw error;
  }
  return Buffer.concat(blocks).toString('latin1');
}

/** Two texts that differ, cut to where they do: whole bodies would be no message that anybody reads. */
function expectSame(ours: string, theirs: string, what: string): void {
  if (ours === theirs) return;
  let at = 0;
  while (ours[at] === theirs[at]) at++;
  const near = (text: string): string =>
    `${what}: ${text.length} bytes, … ${text.slice(Math.max(0, at - 30), at + 60)}`;
  expect(near(ours)).toBe(near(theirs));
}

for (const { release, needs } of eximReleases)
  describeWith(needs, `parts of messages and what Exim ${release} prints of them`, () => {
    let scene: EximScene;
    let ids: Map<string, string>;
    beforeAll(async () => {
      scene = await eximScene({ release, split: release === 'new' });
      ids = await cornerCases(scene);
    });

    test.each(Object.entries(views))('are the same: %s and %s', async (which, flag) => {
      let same = 0;
      // Those of the sizes are alike.
      const some = [...ids].filter(([name]) => !/^(size|age)\d|^headerIsNoFile$/.test(name));
      for (const [name, id] of some) {
        const { code, bytes } = await scene.run([flag, id]);
        const ours = await part(placeOf(scene), id, which as Part);
        if (code === 0) {
          expectSame(ours, bytes.toString('latin1'), name);
          same++;
        } else expect(`${name}: ${ours}`).toMatch(/: ERR_EXIM_QUEUE_(GONE|DAMAGED|UNREADABLE|EXIM)$/);
      }
      // All but some of the damaged ones.
      expect(same).toBeGreaterThan(some.length - 25);
    });

    test.each(Object.entries(views))('are the same by Exim itself: %s and %s', async (which, flag) => {
      for (const name of ['utf8', 'partly', 'nul', 'body7', 'dsn']) {
        const id = ids.get(name) ?? '';
        const { bytes, code } = await scene.run([flag, id]);
        const ours = await part(placeOf(scene, { backend: 'exim', backendReason: 'a test' }), id, which as Part);
        if (code === 0) expectSame(ours, bytes.toString('latin1'), name);
        else expect(ours).toMatch(/^ERR_/);
      }
    });

    test.each(Object.keys(views))('of a message that is gone are an error that says so: %s', async (which) => {
      const id = await scene.submit();
      await scene.remove(id);
      for (const backend of ['spool', 'exim'] as const)
        expect(await part(placeOf(scene, { backend }), id, which as Part)).toBe('ERR_EXIM_QUEUE_GONE');
    });

    test('of a message stored with CRLF are the same, and its message has the body that Exim leaves out', async () => {
      const wire = await eximScene({ release, wireformat: true });
      const text = Buffer.from('Subject: crlf\r\nX-Two: a\r\n b\r\n\r\nline\r\n.dot\r\n..two\r\n');
      const [id = ''] = await wire.smtp([
        'EHLO x',
        'MAIL FROM:<w@x.test>',
        'RCPT TO:<b@defer.test>',
        `BDAT ${text.length} LAST\r\n${text.subarray(0, -2).toString()}`,
        'QUIT',
      ]);
      for (const which of ['headers', 'body', 'log'] as const) {
        const { bytes } = await wire.run([views[which], id]);
        expectSame(await part(placeOf(wire), id, which), bytes.toString('latin1'), which);
      }
      const { stdout } = await wire.run(['-Mvc', id]);
      expect(stdout).toMatch(/\n\n$/);
      expect(await part(placeOf(wire), id, 'message')).toBe(`${stdout}line\n.dot\n..two\n`);
    });
  });

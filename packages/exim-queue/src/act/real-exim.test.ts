import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximScene, needsExim, needsNewExim } from '../../../../tools/testing/exim/exim-scene.ts';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome, QueueAction } from '../queue-action.ts';
import type { QueuePlace } from '../queue-place.ts';
import { readMessage } from '../spool/read-message.ts';
import { actionBatches } from './action-batches.ts';
import type { ActionTarget } from './action-target.ts';
import { batchesOf, outcomesOf } from './testing/outcomes.ts';

// A name that no message of these tests can have.
const unknown = '1xVUzy-0001Sp-1k';

const placeOf = (scene: EximScene, settings: Partial<QueuePlace> = {}): QueuePlace => ({
  backend: 'spool',
  spoolDirectory: scene.spool,
  spoolFrom: 'exim',
  queue: '',
  aside: true,
  ...scene.place,
  ...settings,
});

const acted = (
  place: QueuePlace,
  action: QueueAction,
  messages: readonly ActionTarget[],
  options: ActionOptions = {},
): Promise<ActionOutcome[]> =>
  outcomesOf(actionBatches(place, action, batchesOf(messages), { lockedRetries: 0, ...options }));

/** What became of each, as `result: detail`. */
async function told(
  place: QueuePlace,
  action: QueueAction,
  messages: readonly ActionTarget[],
  options: ActionOptions = {},
): Promise<readonly string[]> {
  const outcomes = await acted(place, action, messages, options);
  const byId = new Map(outcomes.map(({ id, result, detail }) => [id, `${result}: ${detail}`]));
  return messages.map((message) => byId.get(typeof message === 'string' ? message : message.id) ?? '');
}

describe.each([
  { release: '4.96', needs: needsExim },
  { release: 'new', needs: needsNewExim },
] as const)('with Exim $release', ({ release, needs }) => {
  describeWith(needs, 'actions', () => {
    let scene: EximScene;
    let place: QueuePlace;
    beforeAll(async () => {
      scene = await eximScene({ release });
      place = placeOf(scene);
    });
    afterAll(() => scene.dispose());

    test('a mixed list: each message is removed, or told why not', async () => {
      const [a, b] = [await scene.submit(), await scene.submit()];
      const { id: locked, pid, release: unlock } = await scene.locked();
      expect(await told(place, { kind: 'remove' }, [a, unknown, '-Mrm', locked, b])).toEqual([
        'done: has been removed',
        'gone: has been removed or did not exist',
        'failed: is no message id; nothing was run for it',
        'locked: is locked',
        'done: has been removed',
      ]);
      expect(scene.ids()).toEqual([locked]);
      expect(scene.log()).toContain(`${a} removed by root`);
      const dry = await told(place, { kind: 'remove' }, [locked], { dryRun: true });
      expect(dry).toEqual([`locked: is locked by process ${pid}`]);
      for (const kind of ['freeze', 'thaw', 'deliver', 'bounce'] as const) {
        const [outcome] = await acted(place, { kind }, [locked]);
        expect(outcome?.result).toBe('locked');
      }
      expect(await told(place, { kind: 'move', queue: 'parked' }, [locked])).toEqual(['locked: is locked']);
      expect(await told(place, { kind: 'editSender', sender: '' }, [locked])).toEqual(['locked: is locked']);
      const later = acted(place, { kind: 'remove' }, [locked], { lockedRetries: 100, lockedWaitMs: 20 });
      await unlock();
      expect((await later)[0]?.result).toBe('done');
      expect(scene.ids()).toEqual([]);
    });

    test('frozen and thawed', async () => {
      const [a, b] = [await scene.submit(), await scene.submit()];
      expect(await told(place, { kind: 'freeze' }, [a])).toEqual(['done: is now frozen']);
      expect(await told(place, { kind: 'freeze' }, [a, b])).toEqual([
        'unchanged: is already frozen',
        'done: is now frozen',
      ]);
      const list = (await scene.run(['-bp'])).stdout;
      expect(list.match(/\*\*\* frozen \*\*\*$/gm)).toHaveLength(2);
      await scene.thaw(b);
      expect(await told(place, { kind: 'thaw' }, [a, b, unknown])).toEqual([
        'done: is no longer frozen',
        'unchanged: is not frozen',
        `gone: Spool data file for ${unknown} does not exist`,
      ]);
      expect((await scene.run(['-bp'])).stdout).not.toContain('frozen');
      await scene.remove(a, b);
    });

    test('delivered, in part, or not', async () => {
      const all = await scene.submit({ to: ['a@ok.test', 'b@ok.test'] });
      const part = await scene.submit({ to: ['a@ok.test', 'b@defer.test', 'c@fail.test'], from: '' });
      const none = await scene.submit({ to: 'b@defer.test' });
      await scene.freeze(none);
      const lost = await scene.submit({ from: '', to: 'x@fail.test' });
      expect(await told(place, { kind: 'deliver' }, [all, part, none, lost, unknown])).toEqual([
        'done: delivered to 2 of 2 recipients, and has left the queue',
        expect.stringMatching(/^done: delivered to 1 of 3 recipients, 1 failed/),
        'unchanged: delivered to 0 of 1 recipient, not frozen any more: b@defer.test R=defer defer (-1): nothing leaves this machine',
        expect.stringMatching(/^unchanged: delivered to 0 of 1 recipient, 1 failed, frozen: x@fail.test/),
        'gone: is not in the queue any more',
      ]);
      expect(scene.log()).toContain(`${all} Completed`);
      await scene.quiet();
      await scene.remove(...scene.ids());
    });

    test('given up, with a bounce to the sender', async () => {
      const [mail, bounce] = [await scene.submit(), await scene.submit({ from: '' })];
      expect(await told(place, { kind: 'bounce' }, [mail, bounce, unknown])).toEqual([
        'done: cancelled, a bounce is sent',
        'done: cancelled; it is a bounce, so none is sent',
        'gone: is not in the queue any more',
      ]);
      expect(scene.log()).toContain(`${mail} cancelled by root`);
      expect(scene.log()).toMatch(new RegExp(`<= <> R=${mail} `));
      await scene.quiet();
      await scene.remove(...scene.ids());
    });

    test('recipients added and marked, and the sender edited', async () => {
      const id = await scene.submit({ to: 'a@defer.test' });
      const added: QueueAction = { kind: 'addRecipients', recipients: ['"sp ace"@defer.test', 'c@defer.test'] };
      expect(await told(place, added, [id])).toEqual(['done: has been modified']);
      expect(await told(place, { kind: 'addRecipients', recipients: ['nodomain'] }, [id, unknown])).toEqual([
        'failed: error while adding recipient: bad address nodomain: domain missing',
        `gone: Spool data file for ${unknown} does not exist`,
      ]);
      expect(await told(place, { kind: 'markDelivered', recipients: ['"sp ace"@defer.test'] }, [id])).toEqual([
        'done: has been modified',
      ]);
      expect(await told(place, { kind: 'markDelivered', recipients: ['z@defer.test'] }, [id])).toEqual([
        'failed: error while marking as delivered: z@defer.test is not a recipient: message not updated',
      ]);
      expect(await told(place, { kind: 'editSender', sender: 'new@x.test' }, [id])).toEqual([
        'done: has been modified',
      ]);
      expect(readMessage(place, id)).toMatchObject({
        sender: 'new@x.test',
        recipients: [
          { address: 'a@defer.test', isDelivered: false },
          { address: '"sp ace"@defer.test', isDelivered: true },
          { address: 'c@defer.test', isDelivered: false },
        ],
      });
      expect(await told(place, { kind: 'editSender', sender: '' }, [id])).toEqual(['done: has been modified']);
      const other = await scene.submit();
      const marked = await told(place, { kind: 'markDelivered', recipients: 'all' }, [id, unknown, other]);
      expect(marked.map((text) => text.split(':')[0])).toEqual(['done', 'gone', 'done']);
      expect(readMessage(place, id)).toMatchObject({ isBounce: true });
      expect(readMessage(place, id)?.recipients.every(({ isDelivered }) => isDelivered)).toBe(true);
      await scene.remove(...scene.ids());
    });

    test('moved to a named queue, found there, and moved back', async () => {
      const [a, b] = [await scene.submit(), await scene.submit()];
      const parked: QueueAction = { kind: 'move', queue: 'parked' };
      expect(await told(place, parked, [a, unknown, b])).toEqual([
        'done: has been moved',
        `gone: Spool data file for ${unknown} does not exist`,
        'done: has been moved',
      ]);
      expect([scene.ids(), scene.ids('parked').sort()]).toEqual([[], [a, b].sort()]);
      expect(await told(place, { kind: 'remove' }, [a])).toEqual([
        'gone: is in the queue parked, not in the main queue',
      ]);
      expect(await told(place, { kind: 'deliver' }, [a])).toEqual([
        'gone: is in the queue parked, not in the main queue',
      ]);
      const all = placeOf(scene, { queue: '*' });
      expect(await told(all, parked, [a])).toEqual(['unchanged: is in the queue parked already']);
      expect(await told(all, { kind: 'freeze' }, [a])).toEqual(['done: is now frozen']);
      expect(await told(placeOf(scene, { queue: 'parked' }), { kind: 'move', queue: '' }, [a])).toEqual([
        'done: has been moved',
      ]);
      expect(await told(all, { kind: 'deliver' }, [{ id: b, queue: 'parked' }])).toEqual([
        expect.stringMatching(/^unchanged: delivered to 0 of 1 recipient: you@defer.test Q=parked/),
      ]);
      const removed = await told(place, { kind: 'remove' }, [a, { id: b, queue: 'parked' }]);
      expect(removed).toEqual(['done: has been removed', 'done: has been removed']);
      expect([scene.ids(), scene.ids('parked')]).toEqual([[], []]);
    });

    test('damaged messages are removed, and cannot be frozen', async () => {
      const [cut, noBody] = [await scene.submit(), await scene.submit()];
      scene.edit(cut, '-H', (bytes) => bytes.subarray(0, 40));
      rmSync(scene.file(noBody, '-D'));
      expect(await told(place, { kind: 'freeze' }, [cut, noBody])).toEqual([
        `failed: Spool format error for ${cut}-H`,
        `failed: Spool data file for ${noBody} does not exist`,
      ]);
      const delivered = await told(place, { kind: 'deliver' }, [cut, noBody]);
      expect(delivered.map((text) => text.split(':')[0])).toEqual(['failed', 'failed']);
      expect(await told(place, { kind: 'remove' }, [cut, noBody])).toEqual([
        'done: has been removed',
        'done: has been removed or did not exist',
      ]);
      expect(scene.ids()).toEqual([]);
    });

    test('a message is read again before it is acted on', async () => {
      const [thawed, frozen] = [await scene.submit(), await scene.submit()];
      await scene.freeze(frozen);
      const recheck = { recheck: { frozen: true } };
      for (const backend of ['spool', 'exim'] as const) {
        const outcomes = await told(
          placeOf(scene, { backend }),
          { kind: 'freeze' },
          [thawed, frozen, unknown],
          recheck,
        );
        expect(outcomes).toEqual([
          'skipped: the filter does not select it any more',
          'unchanged: is already frozen',
          'gone: is not in the queue any more',
        ]);
      }
      await scene.remove(thawed, frozen);
    });

    test('where the spool may not be read, Exim is asked what became of a message', async () => {
      const [all, none] = [await scene.submit({ to: 'a@ok.test' }), await scene.submit({ to: 'b@defer.test' })];
      const blind = placeOf(scene, { backend: 'exim', spoolDirectory: '/nonexistent' });
      expect(await told(blind, { kind: 'deliver' }, [all, none, unknown])).toEqual([
        'done: delivered to 1 of 1 recipient, and has left the queue',
        'unchanged: delivered to 0 of 1 recipient: b@defer.test R=defer defer (-1): nothing leaves this machine',
        'gone: is not in the queue any more',
      ]);
      const removed = await told(blind, { kind: 'remove' }, [none, all]);
      expect(removed).toEqual(['done: has been removed', 'gone: has been removed or did not exist']);
    });

    test('an Exim that works on another spool is refused before anything is done', async () => {
      const id = await scene.submit();
      const other = path.join(scene.folder, 'other');
      mkdirSync(path.join(other, 'input'), { recursive: true });
      const foreign = placeOf(scene, { spoolDirectory: other, spoolFrom: 'option' });
      await expect(acted(foreign, { kind: 'remove' }, [id])).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_EXIM' });
      expect(scene.ids()).toEqual([id]);
      await scene.remove(id);
    });

    test('a plain user may do nothing but remove his own mail', async () => {
      const [mine, theirs] = [await scene.submit({}, 'queue', { user: 'games' }), await scene.submit()];
      const program = path.join(scene.folder, 'exim-as-games');
      const quoted = scene
        .as({ user: 'games' }, ['/usr/sbin/exim4'])
        .map((word) => `'${word.replaceAll("'", "'\\''")}'`);
      writeFileSync(program, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
      chmodSync(program, 0o755);
      const { config: _, ...rest } = place;
      const plain = { ...rest, exim: program };
      for (const action of [
        { kind: 'freeze' },
        { kind: 'thaw' },
        { kind: 'deliver' },
        { kind: 'bounce' },
        { kind: 'markDelivered', recipients: 'all' },
        { kind: 'addRecipients', recipients: ['a@x.test'] },
        { kind: 'editSender', sender: '' },
        { kind: 'move', queue: 'parked' },
      ] as const) {
        const outcomes = await acted(plain, action, [mine, theirs]);
        expect(outcomes.map(({ result }) => `${action.kind} ${result}`)).toEqual(
          Array(2).fill(`${action.kind} denied`),
        );
      }
      expect(await told(plain, { kind: 'remove' }, [theirs, mine, unknown])).toEqual([
        'denied: Permission denied',
        'done: has been removed',
        `gone: Spool data file for ${unknown} does not exist`,
      ]);
      expect(scene.ids()).toEqual([theirs]);
      await scene.remove(theirs);
    });

    test('a configuration with a fault leaves every message failed, with its file and line', async () => {
      const id = await scene.submit();
      const config = path.join(scene.folder, 'bad.conf');
      writeFileSync(config, `bogus_option = 1\n${readFileSync(scene.config, 'utf8')}`);
      for (const kind of ['remove', 'deliver'] as const)
        expect(await told(placeOf(scene, { config }), { kind }, [id])).toEqual([
          expect.stringMatching(
            /^failed: .*bad\.conf:1: Exim refuses its configuration: main option "bogus_option" unknown/,
          ),
        ]);
      expect(scene.ids()).toEqual([id]);
      await scene.remove(id);
    });
  });

  describeWith(needs, 'frozen messages that were put aside', () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release, aside: true });
    });
    afterAll(() => scene.dispose());

    test('are out of the reach of Exim, until they are back', async () => {
      const id = await scene.submit({ from: '', to: 'x@fail.test' });
      const place = placeOf(scene);
      expect(await told(place, { kind: 'deliver' }, [id])).toEqual([
        expect.stringMatching(/^unchanged: delivered to 0 of 1 recipient, 1 failed, frozen and put aside: x@fail.test/),
      ]);
      const all: QueueAction[] = [
        { kind: 'remove' },
        { kind: 'freeze' },
        { kind: 'thaw' },
        { kind: 'deliver' },
        { kind: 'bounce' },
        { kind: 'markDelivered', recipients: 'all' },
        { kind: 'editSender', sender: 'a@x.test' },
        { kind: 'addRecipients', recipients: ['a@x.test'] },
        { kind: 'move', queue: 'parked' },
      ];
      for (const action of all)
        expect(await told(place, action, [id])).toEqual([
          expect.stringMatching(/^failed: put aside by move_frozen_messages.*from Finput back to input/),
        ]);
      expect(readMessage(place, id)).toMatchObject({ isAside: true });
      for (const part of ['-H', '-D'] as const)
        renameSync(scene.file(id, part), path.join(scene.spool, 'input', `${id}${part}`));
      expect(await told(place, { kind: 'thaw' }, [id])).toEqual(['done: is no longer frozen']);
      expect(await told(place, { kind: 'remove' }, [id])).toEqual(['done: has been removed']);
    });
  });
});

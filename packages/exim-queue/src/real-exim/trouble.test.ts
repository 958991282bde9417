import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { ended, killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { describeWith, type Need } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { fullDiskExim } from '../../../../tools/testing/exim/full-disk.ts';
import { actionBatches } from '../act/action-batches.ts';
import { entryBatches } from '../list/entry-batches.ts';
import { locateQueue } from '../locate-queue.ts';
import { metricNames } from '../metrics.ts';
import { readPart } from '../part/read-part.ts';
import type { ActionOutcome, QueueAction } from '../queue-action.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import { entriesOf, placeOf } from './testing/our-list.ts';

const child = new URL('testing/list-child.ts', import.meta.url);
/** Another user runs the child, and has to be let in to these files. */
const openToAll: Need = {
  text: 'a workspace and a Node.js that every user may read',
  isThere:
    spawnSync('setpriv', [
      '--reuid=65534',
      '--clear-groups',
      process.execPath,
      '-e',
      'fs.readFileSync(process.argv[1])',
      child.pathname,
    ]).status === 0,
};

async function act(place: QueuePlace, action: QueueAction, ...ids: readonly string[]): Promise<ActionOutcome[]> {
  const outcomes: ActionOutcome[] = [];
  const source = (async function* () {
    yield ids;
  })();
  for await (const batch of actionBatches(place, action, source, { lockedRetries: 0 })) outcomes.push(...batch);
  return outcomes;
}

for (const { release, needs } of eximReleases) {
  describeWith(needs, `trouble in the queue of Exim ${release}`, () => {
    let scene: EximScene;
    beforeEach(async () => {
      scene = await eximScene({ release });
    });
    afterEach(() => scene.dispose());

    /** What a listing emits, rejects and counts. */
    async function list(): Promise<{ entries: QueueEntry[]; rejected: string[]; metrics: CounterMetrics }> {
      const rejects = ringRejects(100);
      const metrics = new CounterMetrics();
      const entries = await entriesOf(placeOf(scene), { rejects, metrics });
      return { entries, rejected: rejects.last.map(({ code }) => code), metrics };
    }

    test('a message that vanished between listing and reading is counted, and no error', async () => {
      const damaged = await scene.submit();
      const vanishing = await scene.submit();
      scene.edit(damaged, '-H', () => '');
      const metrics = new CounterMetrics();
      // The names were read when the first message is reported; Exim then removes the second.
      const rejects = { next: () => void spawnSync(scene.exim, ['-C', scene.config, '-Mrm', vanishing]) };
      const entries = await entriesOf(placeOf(scene), { rejects, metrics });
      expect(entries.map(({ id }) => id)).toEqual([damaged]);
      const { found, emitted, gone } = metricNames;
      expect([found, emitted, gone].map((name) => metrics.get(name))).toEqual([2, 1, 1]);
    });

    test('a symbolic link in the place of a -H is not followed, and is an entry that says so', async () => {
      const id = await scene.submit();
      renameSync(scene.file(id, '-H'), path.join(scene.folder, 'elsewhere'));
      symlinkSync(path.join(scene.folder, 'elsewhere'), path.join(scene.spool, 'input', `${id}-H`));
      const { entries } = await list();
      expect(entries).toMatchObject([{ id, sender: '', problem: { kind: 'read' } }]);
    });

    test('messages that Exim removes while a listing is under way are emitted or counted as gone', async () => {
      await scene.bsmtp(
        Array.from({ length: 300 }, () => ({})),
        8,
      );
      const metrics = new CounterMetrics();
      const fields = ['size', 'locks', 'headers', 'reasons'] as const;
      let emitted = 0;
      let removal: Promise<void> | undefined;
      for await (const batch of entryBatches(placeOf(scene), { fields, metrics })) {
        emitted += batch.length;
        removal ??= scene.remove(...scene.ids());
        await removal;
      }
      expect(metrics.get(metricNames.found)).toBe(300);
      expect(metrics.get(metricNames.emitted)).toBe(emitted);
      expect(metrics.get(metricNames.gone)).toBe(300 - emitted);
      expect((await list()).entries).toEqual([]);
    });

    test('a damaged -H is an entry that says so, beside all others', async () => {
      const [sound, damaged] = [await scene.submit(), await scene.submit()];
      scene.edit(damaged, '-H', (bytes) => bytes.subarray(0, 70));
      const { entries, rejected } = await list();
      expect(entries.map(({ id, problem }) => [id, problem?.kind])).toEqual([
        [sound, undefined],
        [damaged, 'envelope'],
      ]);
      expect(rejected).toEqual(['ERR_EXIM_QUEUE_DAMAGED']);
    });

    test('a -H that makes Exim give up ends its list with an error, and is one damaged entry in ours', async () => {
      const [before, fatal, behind] = [await scene.submit(), await scene.submit(), await scene.submit()];
      scene.edit(fatal, '-H', (bytes) => bytes.toString('latin1').replace('\n-', '\n-aclm _n -3\n-'));
      const { stdout, code } = await scene.run(['-bp']);
      expect({ code, hasLast: stdout.includes(behind) }).toEqual({ code: 1, hasLast: false });
      const { entries } = await list();
      expect(entries.map(({ id, problem }) => [id, problem?.kind])).toEqual([
        [before, undefined],
        [fatal, 'envelope'],
        [behind, undefined],
      ]);
      await expect(entriesOf(placeOf(scene, { backend: 'exim' }))).rejects.toMatchObject({
        code: 'ERR_EXIM_QUEUE_EXIM',
      });
    });

    test('a missing -D is an entry without a size that says so, and Exim still removes the message', async () => {
      const id = await scene.submit({ from: 'nobody@x.test' });
      rmSync(scene.file(id, '-D'));
      const { entries } = await list();
      expect(entries).toMatchObject([{ id, sender: 'nobody@x.test', problem: { kind: 'body' } }]);
      expect(entries[0]?.sizeBytes ?? 0).toBe(0);
      expect(await act(placeOf(scene), { kind: 'freeze' }, id)).toMatchObject([{ id, result: 'failed' }]);
      expect(await act(placeOf(scene), { kind: 'remove' }, id)).toMatchObject([{ id, result: 'done' }]);
      expect(scene.ids()).toEqual([]);
    });

    test('a -H that cannot be read is an entry that says so, beside all others', async () => {
      const [sound, bad] = [await scene.submit(), await scene.submit()];
      rmSync(scene.file(bad, '-H'));
      mkdirSync(path.join(scene.spool, 'input', `${bad}-H`));
      const { entries, rejected } = await list();
      expect(entries.map(({ id, problem }) => [id, problem])).toEqual([
        [sound, undefined],
        [bad, expect.objectContaining({ kind: 'read', reason: 'Is a directory' })],
      ]);
      expect(rejected).toEqual(['ERR_EXIM_QUEUE_UNREADABLE']);
    });

    test('without an Exim the queue is read, and an action says that it needs one', async () => {
      const id = await scene.submit();
      const { exim: _, config: __, ...place } = placeOf(scene);
      expect((await entriesOf(place)).map((entry) => entry.id)).toEqual([id]);
      await expect(act(place, { kind: 'freeze' }, id)).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_EXIM' });
      await expect(
        locateQueue({ exim: '/nonexistent/exim', backend: 'exim', spool: scene.spool }),
      ).rejects.toMatchObject({
        code: 'ERR_EXIM_QUEUE_NO_EXIM',
      });
      await scene.freeze(id);
    });

    test('a spool that is not there is an error, where Exim shows an empty queue', async () => {
      renameSync(scene.spool, `${scene.spool}-away`);
      await expect(locateQueue({ ...scene.place })).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
      await expect(locateQueue({ spool: scene.spool })).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
      renameSync(`${scene.spool}-away`, scene.spool);
      expect(await locateQueue(scene.place)).toMatchObject({ backend: 'spool', spoolDirectory: scene.spool });
    });

    test('a configuration that Exim refuses is told with file and line', async () => {
      const bad = await eximScene({ release, lines: ['bogus_option = 1'] });
      await expect(locateQueue(bad.place)).rejects.toMatchObject({
        code: 'ERR_EXIM_QUEUE_EXIM',
        message: expect.stringMatching(/exim\.conf.*bogus_option|bogus_option.*exim\.conf/),
      });
    });

    test.each<[QueueAction, string]>([
      [{ kind: 'freeze' }, 'failed'],
      [{ kind: 'editSender', sender: 'new@x.test' }, 'failed'],
      [{ kind: 'addRecipients', recipients: ['more@x.test'] }, 'failed'],
      [{ kind: 'markDelivered', recipients: ['you@defer.test'] }, 'failed'],
    ])('on a full disk an action fails in the words of Exim: %j', async (action, result) => {
      const ids = [await scene.submit(), await scene.submit()];
      const outcomes = await act(placeOf(scene, { exim: fullDiskExim(scene) }), action, ...ids);
      const words = expect.objectContaining({ result, detail: expect.stringContaining('No space left on device') });
      expect(new Map(outcomes.map(({ id, ...outcome }) => [id, outcome]))).toEqual(
        new Map(ids.map((id) => [id, words])),
      );
      expect(scene.ids().sort()).toEqual(ids.sort());
    });
  });

  describeWith([...needs, openToAll], `what users of a machine with Exim ${release} see`, () => {
    let scene: EximScene;
    let id: string;
    beforeEach(async () => {
      scene = await eximScene({ release });
      id = await scene.submit({ from: 'seen@x.test' });
    });
    afterEach(async () => {
      await killChildren();
      await scene.dispose();
    });

    async function listAs(
      user: Parameters<EximScene['as']>[0],
      options: object = {},
    ): Promise<Record<string, unknown>> {
      const wrapper = scene.as(user, []);
      const { stdout, stderr } = await ended(spawnChild(child, [JSON.stringify(options)], { cwd: '/' }, wrapper));
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as Record<string, unknown>;
    }

    test('nobody may neither read the spool nor ask Exim, and is told which group would do', async () => {
      expect(await listAs({ user: 'nobody' })).toMatchObject({
        code: 'ERR_EXIM_QUEUE_DENIED',
        message: expect.stringContaining('Debian-exim'),
      });
    });

    test('nobody is answered by Exim where its configuration opens the list to all', async () => {
      await scene.dispose();
      scene = await eximScene({ release, lines: ['queue_list_requires_admin = false'] });
      id = await scene.submit({ from: 'seen@x.test' });
      expect(await listAs({ user: 'nobody' })).toMatchObject({
        backend: 'exim',
        reason: expect.stringContaining('Debian-exim'),
        entries: [{ id, sender: 'seen@x.test' }],
      });
      expect(await listAs({ user: 'nobody' }, { backend: 'spool' })).toMatchObject({ code: 'ERR_EXIM_QUEUE_DENIED' });
    });

    test('the group Debian-exim reads the spool', async () => {
      const listed = await listAs({ user: 'nobody', group: 'Debian-exim' });
      expect(listed).toMatchObject({ backend: 'spool', entries: [{ id, sender: 'seen@x.test' }], rejected: [] });
    });

    test('a file that this user may not read is an entry that says so, beside all others', async () => {
      const hidden = await scene.submit();
      chownSync(scene.file(hidden, '-H'), 0, 0);
      chmodSync(scene.file(hidden, '-H'), 0o600);
      const listed = await listAs({ user: 'nobody', group: 'Debian-exim' });
      expect(listed).toMatchObject({
        entries: [{ id }, { id: hidden, problem: { kind: 'read', reason: 'Permission denied' } }],
        rejected: ['ERR_EXIM_QUEUE_UNREADABLE'],
      });
    });

    test('a part of a message is Exim’s to refuse, in its words', async () => {
      const denied = await scene.runAs({ user: 'nobody' }, ['-Mvh', id]);
      expect(denied).toMatchObject({ code: 1, stdout: expect.stringMatching(/permission denied/i) });
      const blocks = [];
      for await (const block of readPart(placeOf(scene), id, 'headers', {})) blocks.push(block);
      expect(Buffer.concat(blocks).toString()).toContain('<seen@x.test>');
    });
  });
}

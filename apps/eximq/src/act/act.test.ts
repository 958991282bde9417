import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { here } from '../testing/here.ts';

const unknown = '1rAbCd-000123-Xy';

for (const { release, needs } of eximReleases)
  describeWith(needs, `with Exim ${release}, eximq`, () => {
    let scene: EximScene;
    beforeEach(async () => {
      scene = await eximScene({ release });
    });
    afterEach(() => scene.dispose());

    const eximq = (args: readonly string[], input?: string) =>
      here([...args, '--exim-path', scene.exim, '--config', scene.config], input);

    test('does what the five commands of an administrator do', async () => {
      const id = await scene.submit({ from: 'a@x.test', to: 'b@defer.test' });
      const frozen = await scene.submit({ from: '', to: 'c@defer.test' });
      await scene.freeze(frozen);
      expect((await eximq(['list', '--exim'])).out).toBe((await scene.run(['-bp'])).stdout);
      expect((await eximq(['show', id, '--headers'])).out).toBe((await scene.run(['-Mvh', id])).stdout);
      expect((await eximq(['show', id, '--body'])).out).toBe((await scene.run(['-Mvb', id])).stdout);
      expect((await eximq(['show', id, '--message'])).out).toBe((await scene.run(['-Mvc', id])).stdout);
      expect(await eximq(['rm', '--frozen'])).toEqual({ status: 0, out: '', errors: 'removed 1, failed 0\n' });
      expect(scene.ids()).toEqual([id]);
      expect(await eximq(['rm', id])).toEqual({ status: 0, out: '', errors: 'removed 1, failed 0\n' });
      expect(scene.ids()).toEqual([]);
    });

    test('freezes and thaws, by ids on standard input, and tells what was so already', async () => {
      const ids = [await scene.submit(), await scene.submit()];
      await scene.freeze(ids[0] ?? '');
      expect(await eximq(['freeze', '-'], `${ids.join('\n')}\n`)).toEqual({
        status: 0,
        out: '',
        errors: 'frozen 1, unchanged 1, failed 0\n',
      });
      expect((await scene.run(['-bp'])).stdout.match(/\*\*\* frozen/g)).toHaveLength(2);
      expect(await eximq(['thaw', '--all', '--json'])).toMatchObject({ status: 0, errors: 'thawed 2, failed 0\n' });
      expect((await scene.run(['-bp'])).stdout).not.toContain('frozen');
    });

    test('prints what became of each message in JSON', async () => {
      const id = await scene.submit();
      const { status, out } = await eximq(['rm', '--json', id, unknown]);
      const outcomes = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { id: string; result: string });
      expect(Object.fromEntries(outcomes.map((outcome) => [outcome.id, outcome.result]))).toEqual({
        [id]: 'done',
        [unknown]: 'gone',
      });
      expect(status).toBe(1);
    });

    test('tells of a message that was named and is not there', async () => {
      const { status, errors } = await eximq(['rm', unknown]);
      expect(status).toBe(1);
      expect(errors).toMatch(new RegExp(`^eximq: ${unknown}: .*\nremoved 0, gone 1, failed 0\n$`));
    });

    test('--dry-run names the messages that it would change, and changes none', async () => {
      const id = await scene.submit({ from: 'spam@x.test' });
      await scene.submit({ from: 'ham@x.test' });
      const before = scene.ids();
      expect(await eximq(['rm', '--sender', 'spam@*', '--dry-run'])).toEqual({
        status: 0,
        out: `would remove ${id}\n`,
        errors: 'would remove 1\n',
      });
      expect(scene.ids()).toEqual(before);
    });

    test('acts on those of the named messages that the options hold for', async () => {
      const spam = await scene.submit({ from: 'spam@x.test' });
      const ham = await scene.submit({ from: 'ham@x.test' });
      expect(await eximq(['rm', spam, ham, '--sender', 'spam@*'])).toMatchObject({
        status: 0,
        errors: 'removed 1, failed 0\n',
      });
      expect(scene.ids()).toEqual([ham]);
    });

    test('delivers, and tells what could not be', async () => {
      const ok = await scene.submit({ to: 'b@ok.test' });
      const deferred = await scene.submit({ to: 'b@defer.test' });
      const { status, out, errors } = await eximq(['deliver', ok, deferred, '--verbose']);
      expect(status).toBe(0);
      expect(errors).toBe('delivered 1, unchanged 1, failed 0\n');
      expect(out).toMatch(new RegExp(`^${ok} delivered`, 'm'));
      expect(out).toMatch(new RegExp(`^${deferred} unchanged`, 'm'));
      expect(scene.ids()).toEqual([deferred]);
    });

    test('changes envelopes', async () => {
      const id = await scene.submit({ from: 'a@x.test', to: ['b@defer.test', 'c@defer.test'] });
      expect(await eximq(['set-sender', '--address', '<>', id])).toMatchObject({
        status: 0,
        errors: 'changed 1, failed 0\n',
      });
      expect(await eximq(['add-rcpt', '--address', 'd@defer.test', '--address', 'e@defer.test', id])).toMatchObject({
        status: 0,
      });
      expect(await eximq(['mark-delivered', '--address', 'b@defer.test', id])).toMatchObject({
        status: 0,
        errors: 'marked 1, failed 0\n',
      });
      expect((await scene.run(['-bp'])).stdout).toContain(
        `${id} <>\n        D b@defer.test\n          c@defer.test\n          d@defer.test\n          e@defer.test\n`,
      );
      expect(await eximq(['mark-delivered', '--address', 'nobody@x.test', id])).toMatchObject({
        status: 1,
        errors: expect.stringMatching(/is not a recipient.*\nmarked 0, failed 1\n$/s),
      });
    });

    test('moves to a named queue, and acts there', async () => {
      const id = await scene.submit();
      expect(await eximq(['move', '--to', 'parked', id])).toMatchObject({ status: 0, errors: 'moved 1, failed 0\n' });
      expect((await eximq(['list', '--ids'])).out).toBe('');
      expect((await eximq(['list', '--ids', '--queue', '*'])).out).toBe(`${id}\n`);
      expect(await eximq(['rm', '--all', '--queue', 'parked'])).toMatchObject({
        status: 0,
        errors: 'removed 1, failed 0\n',
      });
      expect(scene.ids('parked')).toEqual([]);
    });

    test('tells of a message that is being delivered, and leaves it', async () => {
      const { id, release: unlock } = await scene.locked();
      try {
        const { status, errors } = await eximq(['rm', id, '--locked-retries', '0']);
        expect(status).toBe(1);
        expect(errors).toMatch(new RegExp(`^eximq: ${id}: .*locked.*\nremoved 0, locked 1, failed 0\n$`));
        expect((await eximq(['list'])).out).toMatch(new RegExp(`^${id} +\\S+ +\\S+ +delivering `));
      } finally {
        await unlock();
      }
    });

    test('refuses to act on a copy of a spool', async () => {
      const id = await scene.submit();
      const other = await eximScene({ release });
      const { status, errors } = await here([
        'rm',
        id,
        '--spool',
        scene.spool,
        '--exim-path',
        other.exim,
        '--config',
        other.config,
      ]);
      expect(status).toBe(2);
      expect(errors).toMatch(/works on the spool/);
      expect(scene.ids()).toEqual([id]);
      await other.dispose();
    });
  });

import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { until } from '../../../../tools/testing/until.ts';
import { type Running, startEximq } from '../testing/eximq.ts';

interface Change {
  readonly kind: string;
  readonly id: string;
  readonly by?: string;
  readonly isGone: boolean;
  readonly entry?: { readonly sender: string };
}

for (const { release, needs } of eximReleases)
  describeWith(needs, `with Exim ${release}, watch`, () => {
    let scene: EximScene;
    let running: Running;
    beforeEach(async () => {
      scene = await eximScene({ release });
    });
    afterEach(async () => {
      running.child.kill('SIGKILL');
      await scene.dispose();
    });
    const changes = (): Change[] =>
      running
        .out()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Change);
    const has = (kind: string, id: string) => () =>
      changes().some((change) => change.kind === kind && change.id === id);
    const start = (...args: string[]) => {
      running = startEximq(['watch', ...args, '--exim-path', scene.exim, '--config', scene.config]);
    };

    test('prints the queue and then what happens to it, and who did it, until it is stopped', async () => {
      const first = await scene.submit({ from: 'a@x.test' });
      start();
      await until(has('ready', ''), running.errors);
      expect(changes().map(({ kind, id }) => [kind, id])).toEqual([
        ['present', first],
        ['ready', ''],
      ]);
      const second = await scene.submit({ from: 'b@x.test' });
      await until(has('arrived', second));
      await scene.freeze(first);
      await until(has('frozen', first));
      await scene.remove(first);
      await until(has('removed', first));
      expect(changes().find(({ kind }) => kind === 'removed')).toMatchObject({
        isGone: true,
        by: 'root',
        entry: { sender: 'a@x.test' },
      });
      running.child.kill('SIGINT');
      expect(await running.ended).toMatchObject({ status: 0, errors: '' });
    });

    test('prints only changes, and only of what the options choose, if asked', async () => {
      await scene.submit({ from: 'a@x.test' });
      start('--changes-only', '--sender', 'b@*');
      await until(has('ready', ''), running.errors);
      await scene.submit({ from: 'a@x.test' });
      const id = await scene.submit({ from: 'b@x.test' });
      await until(has('arrived', id));
      expect(changes().map((change) => change.id)).toEqual(['', id]);
    });

    test('ends without a word when its reader has gone', async () => {
      await scene.submit();
      start();
      await until(has('ready', ''), running.errors);
      running.child.stdout?.destroy();
      await scene.submit();
      expect(await running.ended).toMatchObject({ status: 0, errors: '' });
    });
  });

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ended, killChildren, spawnChild } from '../../../tools/testing/child.ts';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { type EximScene, eximScene, needsExim } from '../../../tools/testing/exim/exim-scene.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const index = new URL('./index.ts', import.meta.url);

describeWith(needsExim, 'the program in the README', () => {
  let scene: EximScene;
  beforeAll(async () => {
    scene = await eximScene({ release: '4.96' });
  });
  afterEach(killChildren);

  test('runs as it stands, lists what exim -bp lists, and names what it would remove', async () => {
    const waiting = await scene.submit({ from: 'a@many.test' });
    const bounces = [await scene.submit({ from: '' }), await scene.submit({ from: '' })];
    await scene.freeze(...bounces);
    const [old = ''] = bounces;
    scene.edit(old, '-H', (bytes) => bytes.toString('latin1').replace(/^-frozen \d{10}$/m, '-frozen 1700000000'));
    const [, program = ''] = /^## Use\n[\s\S]*?^```ts\n([\s\S]*?)^```/m.exec(readme) ?? [];
    expect(program).toContain("from '@sluice/exim-queue'");
    const file = path.join(scene.folder, 'program.ts');
    writeFileSync(file, program.replace("'@sluice/exim-queue'", JSON.stringify(index.href)));

    const child = spawnChild(new URL(`file://${file}`), [], {}, scene.as({ user: 'root', group: 'root' }, []));
    const { stdout, stderr, code } = await ended(child);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const list = (await scene.run(['-bp'])).stdout;
    expect(stdout.slice(0, list.length)).toBe(list);
    expect(stdout.slice(list.length).split('\n')).toEqual([
      '<> 2 2',
      'many.test 1 0',
      expect.stringMatching(new RegExp(`^${old} would `)),
      '',
    ]);
    expect(scene.ids().sort()).toEqual([waiting, ...bounces].sort());
  });
});

import { appendFileSync, renameSync } from 'node:fs';
import { until } from '../../../tools/testing/until.ts';
import { Scene } from './testing/scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene[Symbol.dispose]());

describe('--follow', () => {
  test('goes on with what is appended, through a rotation, until a SIGINT', async () => {
    const log = scene.write('a.log', 'old foo\n');
    const { child, out, ended } = scene.start(['--follow', '--from-start', '-n', 'foo', 'a.log']);
    await until(() => out() === '1:old foo\n');
    appendFileSync(log, 'bar\nnew foo\nhalf ');
    await until(() => out().endsWith('3:new foo\n'));
    appendFileSync(log, 'foo\n');
    renameSync(log, `${log}.1`);
    scene.write('a.log', 'first foo of the next\n');
    await until(() => out().endsWith('next\n'));
    child.kill('SIGINT');
    expect(await ended).toEqual({
      status: 0,
      out: '1:old foo\n3:new foo\n4:half foo\n1:first foo of the next\n',
      errors: '',
    });
  });

  test('begins at the end, with the names of several files as they were given', async () => {
    const [a, b] = [scene.write('a[1].log', 'old foo\n'), scene.write('b.log', 'old foo\n')];
    const { child, out, ended } = scene.start(['--follow', 'foo', './a[1].log', 'b.log']);
    // Nobody says when the end was found, so lines are written until one is seen.
    await until(() => {
      appendFileSync(a, 'new foo\n');
      return out() !== '';
    });
    const seen = out().length;
    appendFileSync(b, 'new foo\n');
    await until(() => out().includes('b.log:new foo\n', seen - 1));
    child.kill('SIGTERM');
    const { status, out: all, errors } = await ended;
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(new Set(all.trimEnd().split('\n'))).toEqual(new Set(['./a[1].log:new foo', 'b.log:new foo']));
  });

  test('ends by itself after so many lines in all', async () => {
    scene.write('a.log', 'foo 1\nfoo 2\n');
    scene.write('b.log', 'foo 3\nfoo 4\nfoo 5\n');
    const { ended } = scene.start(['--follow', '--from-start', '-h', '-m3', 'foo', 'a.log', 'b.log']);
    const { status, out } = await ended;
    expect(status).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(3);
  });

  test('with -q waits for a line', async () => {
    const log = scene.write('a.log', 'bar\n');
    const { ended } = scene.start(['--follow', '--from-start', '-q', 'ready', 'a.log']);
    appendFileSync(log, 'server ready\n');
    expect(await ended).toEqual({ status: 0, out: '', errors: '' });
  });

  test('ends with 1 when nothing was found', async () => {
    scene.write('a.log', 'bar\n');
    const { child, ended } = scene.start(['--follow', '--from-start', '--json', 'foo', 'missing.log', 'a.log']);
    await new Promise<void>((resolve) => child.stderr?.once('data', () => resolve()));
    child.kill('SIGINT');
    const { status, errors } = await ended;
    expect(status).toBe(1);
    expect(errors).toMatch(/^logmatch: .*missing\.log.*\n$/);
  });
});

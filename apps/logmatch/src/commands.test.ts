import { createHash } from 'node:crypto';
import { Scene } from './testing/scene.ts';

/** Instead of a difference of many lines. */
const digest = (text: string): string => `${text.length} bytes, ${createHash('sha256').update(text).digest('hex')}`;

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
  scene.write('a.log', 'foo\nbar foo\nbar\n'.repeat(1000));
  scene.write('patterns', 'foo\nbar\n');
});
afterAll(() => scene[Symbol.dispose]());

describe('logmatch explain', () => {
  test('shows how each pattern is searched for', () => {
    const { status, out, errors } = scene.logmatch(['explain', 'x+', '-f', 'patterns', 'a (?P<n>b)']);
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    for (const pattern of ['x+', 'foo', 'bar', 'a (?P<n>b)']) expect(out).toContain(pattern);
  });

  test('is a pattern behind -e', () => {
    expect(scene.logmatch(['-e', 'explain'], 'explain\n').out).toBe('explain\n');
  });
});

describe('logmatch bench', () => {
  test('tells hits and speeds', () => {
    const { status, out } = scene.logmatch(['bench', '--rounds', '2', '-f', 'patterns', 'a.log']);
    expect(status).toBe(0);
    expect(out).toMatch(/^ *2000 +patterns:1 /m);
    expect(out).toMatch(/^ *1000 +patterns:2 /m);
    expect(out).toMatch(/^3000 lines, 3000 found/m);
    expect(out).toMatch(/^reading alone +\S+ MB\/s of CPU +\S+ MB\/s by the clock$/m);
    expect(out).toMatch(/^reading, searching +\S+ MB\/s of CPU/m);
  });

  test('--json tells them in one object', () => {
    const { out } = scene.logmatch(['bench', '--json', '--rounds', '1', 'foo', 'a.log']);
    expect(JSON.parse(out)).toMatchObject({ bytes: 16_000, rounds: 1, cpuMs: expect.any(Number) });
  });

  test('refuses what is no plain file', () => {
    expect(scene.logmatch(['bench', 'foo', '-'], 'foo\n')).toMatchObject({ status: 2 });
    expect(scene.logmatch(['bench', 'foo'], 'foo\n').errors).toMatch(/^logmatch: bench needs a file; .*\n$/);
  });
});

describe('--workers', () => {
  beforeAll(() => {
    const lines = Array.from(
      { length: 400_000 },
      (_, i) => `line ${i} of a log that is long enough ${i % 50 ? 'x' : 'foo'}\r\n`,
    );
    scene.write('large.log', lines.join(''));
  });

  test.each([
    [['foo']],
    [['-c', 'x$']],
    [['-ob', 'f.o']],
    [['--json', '(?P<n>\\d+) of.*foo']],
    [['-m7', 'foo']],
    [['-bn', 'foo']],
    [['-cv', 'foo']],
  ])('changes nothing of what is printed: %j', (args) => {
    const wanted = scene.logmatch([...args, 'large.log', 'a.log']);
    const { status, out, errors } = scene.logmatch(['--workers', '3', ...args, 'large.log', 'a.log']);
    expect({ status, errors, digest: digest(out) }).toEqual({ status: 0, errors: '', digest: digest(wanted.out) });
  });
});

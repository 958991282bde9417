import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Scene } from './testing/scene.ts';

/** What testdata/two-frames.log.zst unpacks to: the first frame, of 300 000 bytes, has a check sum, the second none. */
const text = Array.from({ length: 40_000 }, (_, i) => `line ${i % 97} ${i % 1000 === 0 ? 'foo' : 'bar'}\n`).join('');
const packed = fileURLToPath(new URL('../testdata/two-frames.log.zst', import.meta.url));

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
  scene.write('plain', text);
  const half = text.length / 2 + 7;
  scene.write('gzip', Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]));
  copyFileSync(packed, path.join(scene.dir, 'zstd'));
});
afterAll(() => scene[Symbol.dispose]());

describe.each(['gzip', 'zstd'])('%s', (name) => {
  test.each([
    ['-nb', 'foo'],
    ['-c', 'bar'],
    ['-v', 'bar'],
    ['-m3', 'foo'],
    ['-o', '\\d+ foo'],
  ])('is known by its first bytes and searched unpacked: %s %s', (...args) => {
    expect(scene.logmatch([...args, name])).toEqual(scene.logmatch([...args, 'plain']));
  });

  test('is unpacked from standard input too', () => {
    expect(scene.logmatch(['-c', 'foo'], readFileSync(path.join(scene.dir, name)))).toMatchObject({ out: '40\n' });
  });

  test('that is cut off is searched as far as it goes, and is an error', () => {
    const whole = readFileSync(path.join(scene.dir, name));
    const log = Array.from({ length: 100 }, (_, i) => `${i} foo\n`).join('');
    const file = name === 'gzip' ? gzipSync(log).subarray(0, -9) : whole.subarray(0, -9);
    scene.write('cut-off', file);
    const { status, out, errors } = scene.logmatch(['-c', 'foo', 'cut-off']);
    expect({ status, errors }).toEqual({
      status: 2,
      errors: expect.stringMatching(
        /^logmatch: cut-off: is damaged or cut off: .*; what could be unpacked was searched\n$/,
      ),
    });
    expect(Number(out)).toBeGreaterThan(name === 'gzip' ? 90 : 20);
  });

  test('that is damaged is an error, and the other files are searched', () => {
    const whole = Buffer.from(readFileSync(path.join(scene.dir, name)));
    whole.fill(0xff, 30, 60);
    scene.write('damaged', whole);
    const { status, out, errors } = scene.logmatch(['-c', 'foo', 'damaged', 'plain']);
    expect({ status, errors }).toEqual({
      status: 2,
      errors: expect.stringMatching(/^logmatch: damaged: is damaged.*\n$/),
    });
    expect(out).toMatch(/\nplain:40\n$/);
  });
});

test.each([
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1]],
  ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59]],
])('%s is refused with what unpacks it', (format, magic) => {
  scene.write('other', Buffer.from(magic));
  const { status, errors } = scene.logmatch(['foo', 'other']);
  expect({ status, errors }).toEqual({
    status: 2,
    errors: `logmatch: other: is compressed by ${format}, which is not read; unpack it: ${format} -dc FILE | logmatch …\n`,
  });
});

test('a log that begins like a compressed file is a log', () => {
  expect(scene.logmatch(['foo'], 'BZh9 foo\n').out).toBe('BZh9 foo\n');
  expect(scene.logmatch(['foo'], Buffer.from('\x1f\x8b foo\n', 'latin1')).out).toBe('\x1f\x8b foo\n');
});

describe('a zstd file', () => {
  /** `line 0 foo` to `line 49 foo`, as one segment. */
  const frame = Buffer.from(
    'KLUv/WROAQUEABLECxGwJx19BPowQGRtm5RJlyabY6TqkGnbtm1JkiTJ///ftm2bGYQAKB+pOlSIOAojMSCgk9IBRsw1zIi5hhkx1zAj5hpmxFzDjJhrmBFzDTNirmFGzDXMCOZ2G6ZjJJc5HMNuGbExV8swGiOzDJD5bWbLvs1s2bfZLWav2+8FRBbaBg==',
    'base64',
  );
  const skippable = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const count = (...parts: Buffer[]) => scene.logmatch(['-c', 'foo'], Buffer.concat(parts));

  test('may have frames to be skipped, and several frames', () => {
    expect(count(frame, skippable, frame)).toEqual({ status: 0, out: '100\n', errors: '' });
  });

  test.each([
    ['the last block', frame.subarray(0, -5)],
    ['a check sum', frame.subarray(0, -1)],
    ['a header', Buffer.concat([frame, frame.subarray(0, 5)])],
    ['what is to be skipped', Buffer.concat([frame, skippable.subarray(0, -1)])],
  ])('that ends within %s is an error', (_, file) => {
    expect(count(file)).toMatchObject({ status: 2, errors: expect.stringContaining('unexpected end of file') });
  });

  test('with something else behind is an error, after it was searched', () => {
    expect(count(frame, Buffer.from('foo\nfoo\n'))).toMatchObject({
      status: 2,
      out: '50\n',
      errors: expect.stringContaining('there is something else than zstd'),
    });
  });

  test('that asks for much memory is refused with what unpacks it', () => {
    expect(count(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0, 0, 0, 0]))).toMatchObject({
      status: 2,
      errors: expect.stringMatching(/2147483648 bytes of memory.*; unpack it: zstd -dc --long=31/),
    });
  });
});

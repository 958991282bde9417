import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { testWith } from '../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
afterEach(stopAll);

/** What an open file leads to; nothing for one that was closed meanwhile, as the one that listed them. */
function targetOf(fd: string): string[] {
  try {
    return [readlinkSync(`/proc/self/fd/${fd}`)];
  } catch {
    return [];
  }
}

describe('followFiles on files that grow', () => {
  test('hands out what is there as not live, and what is appended as live', async () => {
    writeFileSync(temp('a.log'), 'one\ntwo\n');
    const got = follow(temp('a.log'));
    expect(await got.line('two')).toMatchObject({ offset: 4, live: false, path: temp('a.log') });
    appendFileSync(temp('a.log'), 'three\n');
    expect(await got.line('three')).toMatchObject({ offset: 8, live: true });
    expect(got.texts).toEqual(['one', 'two', 'three']);
    expect(new Set(got.lines.map(({ id }) => id)).size).toBe(1);
  });

  test('keeps an unfinished line back until it is finished', async () => {
    writeFileSync(temp('a.log'), 'one\ntw');
    const got = follow(temp('a.log'));
    await got.line('one');
    appendFileSync(temp('a.log'), 'o');
    await sleep(50);
    expect(got.texts).toEqual(['one']);
    appendFileSync(temp('a.log'), '\nthree\nfo');
    await got.line('three');
    expect(got.texts).toEqual(['one', 'two', 'three']);
    expect(got.endings.every((ending) => ending === 'break')).toBe(true);
  });

  test('begins behind the last whole line when told to start at the end', async () => {
    writeFileSync(temp('a.log'), 'old\nunfini');
    const got = follow(temp('a.log'), { start: 'end' });
    await sleep(50);
    appendFileSync(temp('a.log'), 'shed\nnew\n');
    await got.line('new');
    expect(got.texts).toEqual(['unfinished', 'new']);
    expect(got.lines[0]).toMatchObject({ offset: 4, live: true });
  });

  test('reads files that appear later from their beginning, also when told to start at the end', async () => {
    mkdirSync(temp('x'));
    const got = follow([temp('*/a.log'), temp('late.log')], { start: 'end' });
    await got.reject('ERR_LOG_SOURCE_MISSING');
    writeFileSync(temp('x/a.log'), 'glob\n');
    writeFileSync(temp('late.log'), 'literal\n');
    mkdirSync(temp('y'));
    writeFileSync(temp('y/a.log'), 'new folder\n');
    await Promise.all(['glob', 'literal', 'new folder'].map((text) => got.line(text)));
    expect(got.texts).toHaveLength(3);
  });

  test('passes NUL, invalid UTF-8 and CRLF on as they are', async () => {
    const bytes = Buffer.from([0x61, 0, 0xff, 0xfe, 0x0d, 0x0a, 0x0a, 0xc3, 0x0a]);
    writeFileSync(temp('a.log'), bytes);
    const got = follow(temp('a.log'));
    await until(() => got.lines.length === 3);
    expect(Buffer.concat(got.blocks)).toEqual(bytes);
  });

  test('cuts a line that is too long, counts what it leaves out, and goes on behind it', async () => {
    const long = 'x'.repeat(10_000_000);
    writeFileSync(temp('a.log'), `first\n${long}\nlast\n`);
    const got = follow(temp('a.log'));
    expect(await got.line('last')).toMatchObject({ offset: 6 + long.length + 1 });
    expect(got.lines.map(({ text }) => text.length)).toEqual([5, 65_536, 4]);
    expect(got.endings).toEqual(['cut', 'break']);
    const { log_source_skipped_bytes_total, log_source_emitted_bytes_total, ...others } = got.metrics.snapshot();
    expect(log_source_skipped_bytes_total).toBe(long.length + 1 - 65_536);
    expect(Number(log_source_skipped_bytes_total) + Number(log_source_emitted_bytes_total)).toBe(12 + long.length);
    expect(others).toMatchObject({ log_source_cut_lines_total: 1, log_source_emitted_lines_total: 3 });
  });

  test('knows offsets beyond 2^32', async () => {
    const position = 5 * 2 ** 32;
    writeFileSync(temp('a.log'), '');
    truncateSync(temp('a.log'), position);
    const fd = openSync(temp('a.log'), 'r+');
    writeSync(fd, '\n', position - 1);
    const got = follow(temp('a.log'), { start: 'end' });
    await sleep(50);
    writeSync(fd, 'far\n', position);
    closeSync(fd);
    expect(await got.line('far')).toMatchObject({ offset: position });
  });

  test('gives every file its turn: a short one comes before the end of a long one', async () => {
    writeFileSync(temp('a.log'), 'long line of the first file\n'.repeat(200_000));
    writeFileSync(temp('b.log'), 'short\n');
    const got = follow(temp('*.log'), { chunkBytes: 65_536, maxLineBytes: 1024 });
    await until(() => got.lines.length === 200_001);
    expect(got.chunks.findIndex(({ source }) => source.path === temp('b.log'))).toBeLessThan(3);
    expect(Math.max(...got.chunks.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(65_536);
  });

  test('notices appends without being told of them by the system', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    const got = follow(temp('a.log'), { watch: 'never' });
    await got.line('one');
    await sleep(100);
    appendFileSync(temp('a.log'), 'two\n');
    await got.line('two');
  });

  test('is told of appends to idle files by the system', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    const got = follow(temp('a.log'), { sweepIntervalMs: 600_000 });
    await got.line('one');
    for (const text of ['two', 'three']) {
      // Idle for long enough to be polled no more.
      await sleep(150);
      appendFileSync(temp('a.log'), `${text}\n`);
      await got.line(text);
    }
  });

  const proc = { text: '/proc, as Linux has it', isThere: existsSync('/proc/self/fd') };
  testWith([proc], 'closes all files when stopped', async () => {
    for (const name of ['a', 'b', 'c']) writeFileSync(temp(`${name}.log`), `${name}\n`);
    const got = follow(temp('*.log'));
    await Promise.all(['a', 'b', 'c'].map((text) => got.line(text)));
    rmSync(temp('b.log'));
    const open = (): string[] => readdirSync('/proc/self/fd').flatMap(targetOf);
    expect(open().filter((target) => target.startsWith(temp()))).toHaveLength(3);
    got.stop();
    expect(open().filter((target) => target.startsWith(temp()))).toEqual([]);
  });

  test('stops at once when unsubscribed from inside a consumer', async () => {
    writeFileSync(temp('a.log'), 'one\ntwo\n');
    const abort = new AbortController();
    const got = follow(temp('a.log'), { signal: abort.signal, metrics: { add: () => abort.abort() } });
    await until(() => got.isComplete);
    rmSync(temp('a.log'));
    expect(got.chunks).toHaveLength(0);
  });

  test('completes when the signal aborts, and at once when it had', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    const abort = new AbortController();
    const got = follow(temp('a.log'), { signal: abort.signal });
    await got.line('one');
    abort.abort();
    expect(got.isComplete).toBe(true);
    appendFileSync(temp('a.log'), 'two\n');
    await sleep(50);
    expect(got.texts).toEqual(['one']);
    expect(follow(temp('a.log'), { signal: abort.signal }).isComplete).toBe(true);
  });
});

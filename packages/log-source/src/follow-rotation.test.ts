import {
  appendFileSync,
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
afterEach(stopAll);
const log = (): string => temp('a.log');

describe('followFiles on files that are renamed', () => {
  test('reads the rest of the old file before the new one, each under an id of its own', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log());
    const { id } = await got.line('one');
    appendFileSync(log(), 'unread 1\nunread 2\n');
    renameSync(log(), temp('a.log.1'));
    writeFileSync(log(), 'new\n');
    const fresh = await got.line('new');
    expect(got.texts).toEqual(['one', 'unread 1', 'unread 2', 'new']);
    expect(got.lines[2]).toMatchObject({ id, path: log() });
    expect(fresh).toMatchObject({ offset: 0, live: true, path: log() });
    expect(fresh.id).not.toBe(id);
    expect(got.metrics.get('log_source_rotated_files_total')).toBe(1);
    expect(got.codes).toEqual([]);
  });

  test('reads what a slow writer still writes into the old file', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log());
    await got.line('one');
    const writer = openSync(log(), 'a');
    renameSync(log(), temp('a.log.1'));
    writeFileSync(log(), 'new\n');
    await got.line('new');
    writeSync(writer, 'late\n');
    closeSync(writer);
    await got.line('late');
  });

  test('hands out a last line without a break when the old file has been quiet', async () => {
    writeFileSync(log(), 'one\nunfinished');
    const got = follow(log());
    await got.line('one');
    renameSync(log(), temp('a.log.1'));
    expect(await got.line('unfinished')).toMatchObject({ offset: 4 });
    expect(got.endings).toEqual(['break', 'end']);
  });

  test('reads a file that was rotated away between two looks', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log());
    await got.line('one');
    appendFileSync(log(), 'rest\n');
    renameSync(log(), temp('a.log.2'));
    writeFileSync(temp('a.log.1'), 'between\n');
    writeFileSync(log(), 'new\n');
    await got.line('new');
    expect(got.texts).toEqual(['one', 'rest', 'between', 'new']);
    expect(got.lines[2]?.path).toBe(log());
  });

  test('reads nothing twice when the glob matches the rotated names too', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(temp('a.log*'));
    await got.line('one');
    for (const text of ['two', 'three', 'four']) {
      for (const number of [2, 1]) rmSync(temp(`a.log.${number + 1}`), { force: true });
      try {
        renameSync(temp('a.log.1'), temp('a.log.2'));
      } catch {
        // Not there in the first round.
      }
      renameSync(log(), temp('a.log.1'));
      writeFileSync(log(), `${text}\n`);
      await got.line(text);
      await sleep(250);
    }
    appendFileSync(temp('a.log.1'), 'still followed\n');
    await got.line('still followed');
    expect(got.texts).toEqual(['one', 'two', 'three', 'four', 'still followed']);
    expect(got.codes).toEqual([]);
  });

  test('reads on to the end of a file that is deleted, and closes it then', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log());
    await got.line('one');
    const writer = openSync(log(), 'a');
    unlinkSync(log());
    writeSync(writer, 'two\nthr');
    closeSync(writer);
    await got.line('thr');
    expect(got.texts).toEqual(['one', 'two', 'thr']);
    expect((await got.reject('ERR_LOG_SOURCE_MISSING')).path).toBe(log());
  });

  test('reports nothing when nothing is there between the two steps of a rotation', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log(), { sweepIntervalMs: 60_000 });
    await got.line('one');
    renameSync(log(), temp('a.log.1'));
    await sleep(100);
    writeFileSync(log(), 'two\n');
    await got.line('two');
    expect(got.codes).toEqual([]);
  });

  test('goes on with the new file after a time without any', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log());
    await got.line('one');
    renameSync(log(), temp('a.log.1'));
    await got.reject('ERR_LOG_SOURCE_MISSING');
    writeFileSync(log(), 'two\n');
    await got.line('two');
    rmSync(log());
    await until(() => got.codes.length === 2);
    expect(got.codes).toEqual(['ERR_LOG_SOURCE_MISSING', 'ERR_LOG_SOURCE_MISSING']);
  });

  test('knows a file again that is moved away and comes back', async () => {
    writeFileSync(log(), 'one\ntwo\n');
    const got = follow(temp('*.log'));
    const { id } = await got.line('two');
    mkdirSync(temp('away'));
    renameSync(log(), temp('away/a.log'));
    await sleep(400);
    appendFileSync(temp('away/a.log'), 'three\n');
    renameSync(temp('away/a.log'), log());
    expect(await got.line('three')).toMatchObject({ id, offset: 8 });
    expect(got.texts).toEqual(['one', 'two', 'three']);
  });

  test('follows a symbolic link to its new target', async () => {
    writeFileSync(temp('1.txt'), 'one\n');
    symlinkSync('1.txt', log());
    const got = follow(log());
    await got.line('one');
    appendFileSync(temp('1.txt'), 'rest\n');
    writeFileSync(temp('2.txt'), 'two\n');
    symlinkSync('2.txt', temp('new'));
    renameSync(temp('new'), log());
    await got.line('two');
    expect(got.texts).toEqual(['one', 'rest', 'two']);
  });

  test('reads a file with two names once, and says so', async () => {
    writeFileSync(temp('1.log'), 'one\n');
    linkSync(temp('1.log'), temp('2.log'));
    const got = follow(temp('*.log'));
    const reject = await got.reject('ERR_LOG_SOURCE_SAME_FILE');
    expect(reject.path).toBe(temp('2.log'));
    appendFileSync(temp('2.log'), 'two\n');
    await got.line('two');
    rmSync(temp('1.log'));
    await sleep(400);
    appendFileSync(temp('2.log'), 'three\n');
    await got.line('three');
    expect(got.texts).toEqual(['one', 'two', 'three']);
    expect(got.codes).toHaveLength(1);
  });
});

describe('followFiles on files that are truncated', () => {
  test('reads the rest from the copy that was made before, then the file anew', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log());
    const { id } = await got.line('one');
    appendFileSync(log(), 'unread\nunfin');
    copyFileSync(log(), temp('a.log.1'));
    truncateSync(log());
    appendFileSync(log(), 'new\n');
    await got.line('new');
    await got.line('unfin');
    expect(got.texts.slice(0, 2)).toEqual(['one', 'unread']);
    expect(got.lines[1]).toMatchObject({ id, offset: 4 });
    expect((await got.line('new')).id).not.toBe(id);
    expect(got.codes).toEqual([]);
    expect(got.metrics.get('log_source_truncated_files_total')).toBe(1);
  });

  test('finds the copy beside the target of a symbolic link', async () => {
    mkdirSync(temp('data'));
    writeFileSync(temp('data/a.txt'), 'one\n');
    symlinkSync('data/a.txt', log());
    const got = follow(log());
    await got.line('one');
    appendFileSync(temp('data/a.txt'), 'unread\n');
    copyFileSync(temp('data/a.txt'), temp('data/a.txt.1'));
    writeFileSync(temp('data/a.txt'), 'new\n');
    await got.line('new');
    expect(got.texts).toEqual(['one', 'unread', 'new']);
  });

  test('notices it when the file has grown past its old length again', async () => {
    writeFileSync(log(), 'one\n');
    const got = follow(log());
    await got.line('one');
    appendFileSync(log(), 'unread\n');
    copyFileSync(log(), temp('a.log.1'));
    writeFileSync(log(), 'TWO\nunread\nthree\nfour\n');
    await got.line('four');
    expect(got.texts).toEqual(['one', 'unread', 'TWO', 'unread', 'three', 'four']);
  });

  test('reads the copy once when the glob matches it too', async () => {
    writeFileSync(log(), 'one\ntwo\n');
    const got = follow(temp('a.log*'));
    await got.line('two');
    copyFileSync(log(), temp('a.log.1'));
    await sleep(300);
    appendFileSync(log(), 'after the copy\n');
    truncateSync(log());
    appendFileSync(log(), 'new\n');
    await got.line('new');
    await sleep(300);
    expect(got.texts.filter((text) => text !== 'after the copy')).toEqual(['one', 'two', 'new']);
  });

  test('says that lines may be lost when there is no copy', async () => {
    writeFileSync(log(), 'one\ntwo\n');
    const got = follow(log());
    await got.line('two');
    writeFileSync(log(), 'new\n');
    await got.line('new');
    expect(await got.reject('ERR_LOG_SOURCE_TRUNCATED')).toMatchObject({ path: log(), offset: 8 });
    expect(got.texts).toEqual(['one', 'two', 'new']);
  });

  test('is not deceived by files that begin alike', async () => {
    writeFileSync(log(), 'banner\none\n');
    writeFileSync(temp('a.log.1'), 'banner\nold\nolder\n');
    const got = follow(log());
    await got.line('one');
    appendFileSync(log(), 'unread\n');
    copyFileSync(log(), temp('a.log.2'));
    writeFileSync(log(), 'banner\n');
    appendFileSync(log(), 'new\n');
    await got.line('new');
    expect(got.texts).toEqual(['banner', 'one', 'unread', 'banner', 'new']);
  });
});

import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { fileCheckpoint } from './checkpoint/file-checkpoint.ts';
import { type Collected, follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
afterEach(stopAll);
const log = (): string => temp('a.log');
const run = (options = {}): Collected =>
  follow(log(), { checkpoint: fileCheckpoint(temp('state/positions.json')), start: 'end', ...options });

/** One run that reads `text`, ended in good order; returns the id of the file that it read. */
async function firstRun(text = 'one\ntwo\n'): Promise<string> {
  writeFileSync(log(), text);
  const got = run({ start: 'beginning' });
  const { id } = await got.line('two');
  got.stop();
  // Births of files are told apart by the kernel's clock, which ticks every few milliseconds.
  await sleep(30);
  return id;
}

describe('followFiles with a checkpoint, after a time without it', () => {
  test('goes on where it was, with the same id, after appends', async () => {
    const id = await firstRun();
    appendFileSync(log(), 'three\n');
    const got = run();
    expect(await got.line('three')).toMatchObject({ id, offset: 8, live: false });
    expect(got.texts).toEqual(['three']);
  });

  test('reads the rest of a file that was renamed, under its id, then the new one', async () => {
    const id = await firstRun();
    appendFileSync(log(), 'rest\n');
    renameSync(log(), temp('a.log.1'));
    writeFileSync(log(), 'new\n');
    const got = run();
    await got.line('new');
    expect(got.texts).toEqual(['rest', 'new']);
    expect(got.lines[0]).toMatchObject({ id, offset: 8, path: log() });
  });

  test('reads three rotations in their order, with dates for names', async () => {
    const id = await firstRun();
    for (const [index, date] of ['20240101', '20240102', '20240103'].entries()) {
      appendFileSync(log(), `rest ${index}\n`);
      renameSync(log(), temp(`a.log-${date}`));
      writeFileSync(log(), `new ${index}\n`);
      await sleep(30);
    }
    writeFileSync(temp('a.log.offset'), 'not a rotated log\n');
    const got = run();
    await got.line('new 2');
    expect(got.texts).toEqual(['rest 0', 'new 0', 'rest 1', 'new 1', 'rest 2', 'new 2']);
    expect(got.lines[0]?.id).toBe(id);
    expect(new Set(got.lines.map((line) => line.path))).toEqual(new Set([log()]));
    expect(got.codes).toEqual([]);
  });

  test('reads the rest from the copy that copytruncate made', async () => {
    const id = await firstRun();
    appendFileSync(log(), 'rest\n');
    copyFileSync(log(), temp('a.log.1'));
    truncateSync(log());
    appendFileSync(log(), 'new line\nand more of it\n');
    const got = run();
    await got.line('and more of it');
    expect(got.texts).toEqual(['rest', 'new line', 'and more of it']);
    expect(got.lines[0]).toMatchObject({ id, offset: 8 });
  });

  test('reads nothing that was read, when old rotated files and copies lie about', async () => {
    writeFileSync(temp('a.log.2'), 'older\n');
    writeFileSync(temp('a.log.1'), 'old\n');
    await sleep(30);
    await firstRun();
    copyFileSync(log(), temp('a.log-20240101'));
    renameSync(log(), temp('a.log.3'));
    writeFileSync(log(), 'new\n');
    const got = run();
    await got.line('new');
    await sleep(50);
    expect(got.texts).toEqual(['new']);
  });

  test('says what it did not read when the old file was compressed', async () => {
    await firstRun();
    appendFileSync(log(), 'rest\n');
    writeFileSync(temp('a.log.1.gz'), gzipSync(readFileSync(log())));
    rmSync(log());
    writeFileSync(log(), 'new\n');
    const got = run();
    await got.line('new');
    expect(got.rejects).toEqual([expect.objectContaining({ code: 'ERR_LOG_SOURCE_LOST', path: log(), offset: 8 })]);
  });

  test('does not take a new file for the old one because it has its inode', async () => {
    const id = await firstRun();
    writeFileSync(log(), 'TWO\none\nthree\n');
    const got = run();
    const line = await got.line('three');
    expect(got.texts).toEqual(['TWO', 'one', 'three']);
    expect(line.id).not.toBe(id);
    expect(got.codes).toEqual(['ERR_LOG_SOURCE_LOST']);
  });

  test('goes on reading a rotated file that was still open when it was stopped', async () => {
    writeFileSync(log(), 'one\n');
    const first = run({ start: 'beginning', rotateWaitMs: 60_000 });
    await first.line('one');
    renameSync(log(), temp('a.log.1'));
    writeFileSync(log(), 'new\n');
    await first.line('new');
    first.stop();
    appendFileSync(temp('a.log.1'), 'late\n');
    const got = run();
    expect((await got.line('late')).id).toBe(first.lines[0]?.id);
    await sleep(50);
    expect(got.texts).toEqual(['late']);
    expect(got.codes).toEqual([]);
  });

  test('goes on inside a line that was cut', async () => {
    writeFileSync(log(), `two\n${'x'.repeat(200)}`);
    const first = run({ start: 'beginning', maxLineBytes: 100 });
    await until(() => first.lines.length === 2);
    first.stop();
    appendFileSync(log(), `${'y'.repeat(200)}\nthree\n`);
    const got = run({ maxLineBytes: 100 });
    expect(await got.line('three')).toMatchObject({ offset: 405 });
    expect(got.texts).toEqual(['three']);
  });

  test('lets two sources share a checkpoint, each with its own paths', async () => {
    const checkpoint = fileCheckpoint(temp('positions.json'));
    writeFileSync(log(), 'one\n');
    writeFileSync(temp('b.log'), 'uno\n');
    const first = [follow(log(), { checkpoint }), follow(temp('b.log'), { checkpoint })];
    await Promise.all([first[0]?.line('one'), first[1]?.line('uno')]);
    for (const one of first) one.stop();
    appendFileSync(log(), 'two\n');
    appendFileSync(temp('b.log'), 'due\n');
    const stored = fileCheckpoint(temp('positions.json'));
    const second = [follow(log(), { checkpoint: stored }), follow(temp('b.log'), { checkpoint: stored })];
    await Promise.all([second[0]?.line('two'), second[1]?.line('due')]);
    expect(second.flatMap(({ texts }) => texts)).toEqual(['two', 'due']);
    expect(second.flatMap(({ codes }) => codes)).toEqual([]);
  });

  test.each([
    ['torn', '{"kind":"sluice-log-source-checkpoint","version":1,"files":[{"id":"a'],
    ['foreign', '{"name":"important"}'],
    ['of another version', '{"kind":"sluice-log-source-checkpoint","version":99,"files":[]}'],
  ])('reports a checkpoint that is %s, keeps it aside and starts anew', async (_what, content) => {
    mkdirSync(temp('state'));
    writeFileSync(temp('state/positions.json'), content);
    writeFileSync(log(), 'one\n');
    const got = run({ start: 'beginning' });
    await got.line('one');
    expect((await got.reject('ERR_LOG_SOURCE_CHECKPOINT')).reason).toMatch(
      /^\S+positions\.json: the checkpoint cannot be read: /,
    );
    expect(readFileSync(temp('state/positions.json.unreadable'), 'utf8')).toBe(content);
    got.stop();
    expect(JSON.parse(readFileSync(temp('state/positions.json'), 'utf8')).files).toHaveLength(1);
  });

  test('goes on reading when the checkpoint cannot be written, reports it once, and saves when it can', async () => {
    writeFileSync(temp('state'), 'a file where the folder should be');
    writeFileSync(log(), 'one\n');
    const got = run({ start: 'beginning' });
    await got.line('one');
    appendFileSync(log(), 'two\n');
    await got.line('two');
    await sleep(60);
    expect(got.codes).toEqual(['ERR_LOG_SOURCE_CHECKPOINT', 'ERR_LOG_SOURCE_CHECKPOINT_WRITE']);
    rmSync(temp('state'));
    got.stop();
    expect(JSON.parse(readFileSync(temp('state/positions.json'), 'utf8')).files[0].position).toBe(8);
  });
});

import { appendFileSync, copyFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { fileCheckpoint } from './checkpoint/file-checkpoint.ts';
import { type Collected, follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
afterEach(stopAll);
const run = (): Collected =>
  follow(temp('a.log'), { checkpoint: fileCheckpoint(temp('positions.json')), start: 'beginning' });

/** Ends a run and leaves the checkpoint as it was before: what a kill does. */
function kill(got: Collected): void {
  const checkpoint = readFileSync(temp('positions.json'));
  got.stop();
  writeFileSync(temp('positions.json'), checkpoint);
}

describe('the identity of a file, after a kill', () => {
  test('of one that was empty at first is not given to what it holds after a truncation', async () => {
    writeFileSync(temp('a.log'), '');
    const before = run();
    await sleep(100);
    appendFileSync(temp('a.log'), 'one\ntwo\n');
    const { id } = await before.line('two');
    kill(before);
    truncateSync(temp('a.log'));
    appendFileSync(temp('a.log'), 'three, of which nothing was read\n');
    const after = run();
    const line = await after.line('three, of which nothing was read');
    expect(line.offset).toBe(0);
    expect(line.id).not.toBe(id);
  });

  test('goes to the copy when the file was copied and truncated before any position was saved', async () => {
    writeFileSync(temp('a.log'), '');
    const before = run();
    await sleep(100);
    appendFileSync(temp('a.log'), 'one\ntwo\n');
    const { id } = await before.line('two');
    kill(before);
    appendFileSync(temp('a.log'), 'three\n');
    copyFileSync(temp('a.log'), temp('a.log.1'));
    truncateSync(temp('a.log'));
    appendFileSync(temp('a.log'), 'four\n');
    const after = run();
    expect((await after.line('three')).id).toBe(id);
    expect((await after.line('two')).offset).toBe(4);
    expect((await after.line('four')).id).not.toBe(id);
  });

  test('does not hide a file that was made before the last save and after the last look', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    const before = run();
    await before.line('one');
    before.stop();
    await sleep(30);
    renameSync(temp('a.log'), temp('a.log.1'));
    writeFileSync(temp('a.log'), 'two\n');
    await sleep(30);
    const checkpoint = JSON.parse(readFileSync(temp('positions.json'), 'utf8'));
    for (const file of checkpoint.files) file.notedMs = Date.now();
    writeFileSync(temp('positions.json'), JSON.stringify(checkpoint));
    renameSync(temp('a.log.1'), temp('a.log.2'));
    renameSync(temp('a.log'), temp('a.log.1'));
    writeFileSync(temp('a.log'), 'three\n');
    const after = run();
    await after.line('three');
    await after.line('two');
  });
});

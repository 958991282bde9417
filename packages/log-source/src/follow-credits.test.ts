import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { fileCheckpoint } from './checkpoint/file-checkpoint.ts';
import { follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
afterEach(stopAll);
const line = (number: number): string => `${String(number).padStart(1023, '.')}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, index) => line(index)).join('');
const manual = { ack: 'manual', chunkBytes: 1024, maxLineBytes: 1023, maxInFlight: 3 } as const;

describe('followFiles with acks by hand', () => {
  test('pauses a file with maxInFlight un-acked chunks, and only that file', async () => {
    writeFileSync(temp('a.log'), lines(20));
    writeFileSync(temp('b.log'), 'one\n');
    const got = follow(temp('*.log'), manual);
    const ofA = () => got.chunks.filter(({ source }) => source.path === temp('a.log'));
    await until(() => ofA().length === 3);
    appendFileSync(temp('b.log'), 'two\n');
    await got.line('two');
    expect(ofA()).toHaveLength(3);
    ofA()[1]?.ack();
    ofA()[1]?.ack();
    await until(() => ofA().length === 4);
    await sleep(50);
    expect(ofA()).toHaveLength(4);
  });

  test('begins a new file only when the old one was read to its end', async () => {
    writeFileSync(temp('a.log'), lines(5));
    const got = follow(temp('a.log'), manual);
    await until(() => got.chunks.length === 3);
    renameSync(temp('a.log'), temp('a.log.1'));
    writeFileSync(temp('a.log'), 'new\n');
    await sleep(100);
    expect(got.chunks).toHaveLength(3);
    for (let index = 0; index < got.chunks.length || !got.texts.includes('new'); index += 1) {
      await until(() => index < got.chunks.length);
      got.chunks[index]?.ack();
    }
    expect(got.texts.map((text) => text.slice(-3))).toEqual(['..0', '..1', '..2', '..3', '..4', 'new']);
  });

  test('keeps the bytes of a chunk until its ack', async () => {
    writeFileSync(temp('a.log'), lines(20));
    const got = follow(temp('a.log'), { ...manual, chunkBytes: 4096, maxInFlight: 2 });
    await until(() => got.chunks.length === 2);
    const [first, second] = got.chunks;
    second?.ack();
    await until(() => got.chunks.length === 3);
    expect(Buffer.from(first?.bytes ?? []).toString()).toBe(lines(4));
  });

  test('goes on after a restart with the first chunk that was not acked', async () => {
    writeFileSync(temp('a.log'), lines(3));
    const checkpoint = () => fileCheckpoint(temp('positions.json'));
    const first = follow(temp('a.log'), { ...manual, checkpoint: checkpoint() });
    await until(() => first.chunks.length === 3);
    first.chunks[2]?.ack();
    first.chunks[0]?.ack();
    first.stop();
    const second = follow(temp('a.log'), { ...manual, checkpoint: checkpoint() });
    await until(() => second.chunks.length === 2);
    expect(second.lines.map(({ id, offset }) => ({ id, offset }))).toEqual(
      first.lines.slice(1).map(({ id, offset }) => ({ id, offset })),
    );
  });

  test('saves the id before the first chunk comes', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    const ids: string[] = [];
    const metrics = {
      add: (name: string) => {
        if (name !== 'log_source_emitted_chunks_total') return;
        const { files } = JSON.parse(readFileSync(temp('positions.json'), 'utf8'));
        ids.push(files[0].id);
      },
    };
    const got = follow(temp('a.log'), { checkpoint: fileCheckpoint(temp('positions.json')), metrics });
    const { id } = await got.line('one');
    expect(ids).toEqual([id]);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { CalendarFileResult } from '@sluice/ical-sink/batches';
import type { Activity } from '@sluice/pipeline';
import { UpsertQueue } from './upsert-queue.ts';

const activity = (uid: string, title = uid): Activity => ({ uid, title, startMs: 0, source: { kind: 'x', id: 'x' } });
const result: CalendarFileResult = { files: [], added: 0, replaced: 0, removed: 0, kept: 0, rejected: 0 };

/** A queue over a list of what was written; `fail` throws instead when it says so. */
function queueOf({ pauseMs = 1, fail = () => false }: { pauseMs?: number; fail?: (attempt: number) => boolean } = {}) {
  const written: string[][] = [];
  const failures: unknown[] = [];
  let attempts = 0;
  const queue = new UpsertQueue({
    pauseMs,
    async write(activities) {
      attempts += 1;
      if (fail(attempts)) throw new Error(`attempt ${attempts}`);
      written.push(activities.map(({ title }) => title));
      return result;
    },
    onWritten: () => {},
    onFailure: (error) => failures.push(error),
  });
  return { queue, written, failures, attempts: () => attempts };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(1);
}

describe('the queue of a followed file', () => {
  test('writes what came together at once, the last of each uid', async () => {
    const { queue, written } = queueOf();
    await queue.add([activity('a'), activity('b')]);
    await queue.add([activity('a', 'a again')]);
    await until(() => written.length > 0);
    expect(written).toEqual([['a again', 'b']]);
    await queue.close();
    expect(written).toHaveLength(1);
  });

  test('does not wait for the pause when it is closed', async () => {
    const { queue, written } = queueOf({ pauseMs: 1_000_000 });
    await queue.add([activity('a')]);
    await until(() => written.length === 1);
    await queue.add([activity('b')]);
    await queue.close();
    expect(written).toEqual([['a'], ['b']]);
  });

  test('throws when the very first write fails', async () => {
    const { queue, attempts } = queueOf({ fail: () => true });
    await queue.add([activity('a')]);
    await until(() => attempts() > 0);
    await sleep(1);
    await expect(queue.add([activity('b')])).rejects.toThrow('attempt 1');
    expect(attempts()).toBe(1);
  });

  test('tries again when a later one fails, tells it once, and loses nothing', async () => {
    const { queue, written, failures } = queueOf({ fail: (attempt) => attempt > 1 && attempt < 5 });
    await queue.add([activity('a')]);
    await until(() => written.length === 1);
    await queue.add([activity('b')]);
    await until(() => failures.length === 1);
    await queue.add([activity('c')]);
    await until(() => written.length === 2);
    expect(written).toEqual([['a'], ['b', 'c']]);
    expect(failures).toEqual([new Error('attempt 2')]);
    await queue.close();
  });

  test('says at its end that the last write failed', async () => {
    const { queue, written } = queueOf({ fail: (attempt) => attempt > 1 });
    await queue.add([activity('a')]);
    await until(() => written.length === 1);
    await queue.add([activity('b')]);
    await expect(queue.close()).rejects.toThrow(/attempt/);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CounterMetrics } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { metricNames } from '../metrics.ts';
import type { ActionOutcome } from '../queue-action.ts';
import type { QueuePlace } from '../queue-place.ts';
import { actionBatches } from './action-batches.ts';
import { type Deed, fakeExim } from './testing/fake-exim.ts';
import { batchesOf, outcomesOf, resultsOf } from './testing/outcomes.ts';

const folder = tempFolder();
const remove = { kind: 'remove' } as const;
const code = (what: string): Error => expect.objectContaining({ code: `ERR_EXIM_QUEUE_${what}` });

describe('batches', () => {
  test('the first has 100 messages at most, the next ones more, up to the bound', async () => {
    const fake = fakeExim(folder(), Array<Deed>(800).fill('lies'));
    const outcomes = await outcomesOf(
      actionBatches(fake.place, remove, batchesOf(fake.ids), { batch: 300, concurrency: 1 }),
    );
    expect(outcomes).toHaveLength(800);
    expect(fake.calls().map((call) => call.length - 1)).toEqual([100, 300, 300, 100]);
  });

  test('goes without being full when the source is slow', async () => {
    const fake = fakeExim(folder(), ['does', 'does']);
    const [first = '', second = ''] = fake.ids;
    // The second comes only when the outcome of the first is there.
    const seen = await oneByOne(fake.place, [first, second]);
    expect(seen.map(({ id }) => id)).toEqual([first, second]);
  });

  test('has messages of one queue only, which Exim is told', async () => {
    const fake = fakeExim(folder(), ['lies', 'lies', 'lies']);
    const [a = '', b = '', c = ''] = fake.ids;
    const messages = [
      { id: a, queue: '' },
      { id: b, queue: 'parked' },
      { id: c, queue: 'par ked' },
    ];
    const outcomes = await outcomesOf(actionBatches(fake.place, remove, batchesOf(messages)));
    expect(fake.calls().sort()).toEqual([
      ['-Mrm', a],
      ['-qGpar ked', '-Mrm', c],
      ['-qGparked', '-Mrm', b],
    ]);
    expect(new Set(outcomes.map(({ id, queue }) => `${queue}/${id}`))).toEqual(
      new Set([`/${a}`, `parked/${b}`, `par ked/${c}`]),
    );
  });

  test('a queue whose name is none is refused, and nothing run for it', async () => {
    const fake = fakeExim(folder(), ['does']);
    const [id = ''] = fake.ids;
    const messages = ['a/../b', '-C', '\n'].map((queue) => ({ id, queue }));
    const outcomes = await outcomesOf(actionBatches(fake.place, remove, batchesOf(messages)));
    expect(outcomes.map(({ result }) => result)).toEqual(['failed', 'failed', 'failed']);
    expect(fake.calls()).toEqual([]);
  });

  test('ids alone are looked for when the place has all queues', async () => {
    const fake = fakeExim(folder(), ['lies', 'lies', 'lies'], { queue: '*' }, [{}, { queue: 'parked' }]);
    const [a = '', b = ''] = fake.ids;
    const gone = '1xVUzy-0001Sp-1k';
    const outcomes = await outcomesOf(actionBatches(fake.place, remove, batchesOf([a, b, gone])));
    expect(fake.calls().sort()).toEqual([
      ['-Mrm', a],
      ['-qGparked', '-Mrm', b],
    ]);
    expect(outcomes.find(({ id }) => id === b)).toMatchObject({ queue: 'parked', result: 'done' });
    expect(outcomes.find(({ id }) => id === gone)).toMatchObject({ result: 'gone' });
  });
});

describe('an id that comes again', () => {
  test('is acted on once while it is on its way', async () => {
    const fake = fakeExim(folder(), ['does', 'does']);
    const [a = '', b = ''] = fake.ids;
    const outcomes = await outcomesOf(actionBatches(fake.place, remove, batchesOf([a, b, a], [a])));
    expect(outcomes.map(({ id, result }) => `${id} ${result}`).sort()).toEqual(
      [`${a} done`, `${a} done`, `${a} done`, `${b} done`].sort(),
    );
    expect(fake.calls()).toEqual([['-Mrm', a, b]]);
  });

  test('is acted on again when its outcome is there', async () => {
    const fake = fakeExim(folder(), ['unknown']);
    const [a = ''] = fake.ids;
    expect(await oneByOne(fake.place, [a, a])).toHaveLength(2);
    expect(fake.calls()).toHaveLength(2);
  });
});

describe('a locked message', () => {
  test('is tried again while the others go on', async () => {
    const fake = fakeExim(folder(), ['lockedOnce', 'does', 'does']);
    const [locked = '', ...others] = fake.ids;
    const outcomes = await outcomesOf(
      actionBatches(fake.place, remove, batchesOf([locked], others), { batch: 1, concurrency: 1, lockedWaitMs: 50 }),
    );
    expect(outcomes.map(({ id }) => id)).toEqual([...others, locked]);
    expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['done']));
  });

  test('is locked at last, after all retries', async () => {
    const fake = fakeExim(folder(), ['locked']);
    const outcomes = await outcomesOf(
      actionBatches(fake.place, remove, batchesOf(fake.ids), { lockedRetries: 3, lockedWaitMs: 1 }),
    );
    expect(outcomes).toMatchObject([{ result: 'locked', detail: 'is locked' }]);
    expect(fake.calls()).toHaveLength(4);
  });
});

describe('an Exim that fails', () => {
  test('by hanging is ended, and the spool tells what became of its messages', async () => {
    const fake = fakeExim(folder(), ['doesSilently', 'hangs', 'does', 'does', 'hangsOn', 'does']);
    const outcomes = await outcomesOf(
      actionBatches(fake.place, remove, batchesOf(fake.ids), { batch: 3, concurrency: 2, timeoutMs: 1000 }),
    );
    const results = resultsOf(outcomes);
    expect(fake.ids.map((id) => results.get(id))).toEqual(['gone', 'failed', 'failed', 'done', 'failed', 'failed']);
    expect(outcomes.find(({ result }) => result === 'failed')?.detail).toMatch(/took more than 1000 ms/);
  }, 20_000);

  test('by being no program leaves its messages failed', async () => {
    const fake = fakeExim(folder(), ['does'], { exim: '/nonexistent/exim' });
    const outcomes = await outcomesOf(actionBatches(fake.place, remove, batchesOf(fake.ids)));
    expect(outcomes).toMatchObject([{ result: 'failed', detail: expect.stringMatching(/nonexistent.*ENOENT/) }]);
  });

  test('by printing what it should not is told of, and bounded', async () => {
    const told: string[] = [];
    const fake = fakeExim(folder(), ['garbage', 'others', 'does']);
    const rejects = { next: ({ code: what }: { code: string }) => told.push(what) };
    const outcomes = await outcomesOf(actionBatches(fake.place, remove, batchesOf(fake.ids), { rejects }));
    expect(fake.ids.map((id) => resultsOf(outcomes).get(id))).toEqual(['failed', 'failed', 'done']);
    expect(new Set(told)).toEqual(new Set(['ERR_EXIM_QUEUE_OUTPUT']));
  });
});

describe('a delivery', () => {
  const deliver = { kind: 'deliver' } as const;

  test('is judged by what the spool shows after it', async () => {
    const fake = fakeExim(folder(), ['delivers', 'defers', 'isLocked', 'refuses', 'dies']);
    const gone = '1xVUzy-0001Sp-1k';
    const outcomes = await outcomesOf(
      actionBatches(fake.place, deliver, batchesOf([...fake.ids, gone]), { lockedRetries: 0 }),
    );
    const details = new Map(outcomes.map(({ id, result, detail }) => [id, `${result}: ${detail}`]));
    expect([...fake.ids, gone].map((id) => details.get(id))).toEqual([
      'done: delivered to 2 of 2 recipients, and has left the queue',
      'unchanged: delivered to 0 of 2 recipients: b@y.test R=r defer (-1): not today',
      'locked: is locked: another process is handling it',
      'unchanged: delivered to 0 of 2 recipients',
      'failed: it was ended by SIGKILL',
      'gone: is not in the queue any more',
    ]);
    expect(fake.calls().every((call) => call.length === 3)).toBe(true);
  });

  test('that takes too long is left to go on: killing it could deliver mail twice', async () => {
    const fake = fakeExim(folder(), ['hangs']);
    const outcomes = await outcomesOf(
      actionBatches(fake.place, deliver, batchesOf(fake.ids), { timeoutMs: 1000, lockedRetries: 0 }),
    );
    expect(outcomes).toMatchObject([{ result: 'locked', detail: expect.stringMatching(/left to go on.*1000 ms/) }]);
    const alive = processesWith(fake.place.exim ?? '');
    expect(alive).toHaveLength(1);
    for (const pid of alive) process.kill(-pid, 'SIGKILL');
  });
});

describe('nothing is changed', () => {
  test('by a dry run, which needs no Exim', async () => {
    const fake = fakeExim(folder(), ['does', 'does', 'does'], {}, [{}, { isAside: true, frozenMs: 1_790_000_000_000 }]);
    const { exim: _, ...place } = fake.place;
    const gone = '1xVUzy-0001Sp-1k';
    const outcomes = await outcomesOf(
      actionBatches(place, remove, batchesOf([...fake.ids, gone, 'x']), { dryRun: true }),
    );
    const results = resultsOf(outcomes);
    expect([...fake.ids, gone, 'x'].map((id) => results.get(id))).toEqual([
      'would',
      'failed',
      'would',
      'gone',
      'failed',
    ]);
    expect(outcomes.find(({ result }) => result === 'would')?.detail).toBe('would remove it by exim -Mrm');
  });

  test('to messages that the filter does not select any more', async () => {
    const frozen = { frozenMs: 1_790_000_100_000 };
    const fake = fakeExim(folder(), ['does', 'does', 'does'], {}, [frozen, {}, { ...frozen, sender: '' }]);
    const gone = '1xVUzy-0001Sp-1k';
    const outcomes = await outcomesOf(
      actionBatches(fake.place, remove, batchesOf([...fake.ids, gone]), { recheck: { frozen: true, bounce: false } }),
    );
    const results = resultsOf(outcomes);
    expect([...fake.ids, gone].map((id) => results.get(id))).toEqual(['done', 'skipped', 'skipped', 'gone']);
    expect(fake.calls()).toEqual([['-Mrm', fake.ids[0]]]);
  });

  test('to messages that are put aside, which Exim cannot reach', async () => {
    const fake = fakeExim(folder(), ['unknown', 'unknown'], {}, [{ isAside: true, frozenMs: 1_790_000_000_000 }]);
    for (const kind of ['remove', 'thaw', 'deliver', 'bounce'] as const) {
      const [outcome] = await outcomesOf(actionBatches(fake.place, { kind }, batchesOf(fake.ids.slice(0, 1))));
      expect(outcome).toMatchObject({ result: 'failed', detail: expect.stringMatching(/Finput back to input/) });
    }
  });
});

describe('an abort', () => {
  test('lets the Exims that run finish, and tells what was not begun', async () => {
    const fake = fakeExim(folder(), ['does', 'does', 'does', 'does']);
    const abort = new AbortController();
    const [first = '', ...rest] = fake.ids;
    async function* source(): AsyncGenerator<readonly string[]> {
      yield [first, ...rest];
      await new Promise(() => {});
    }
    const batches = actionBatches(fake.place, remove, source(), { batch: 1, concurrency: 1, signal: abort.signal });
    const outcomes: ActionOutcome[] = [];
    for await (const batch of batches) {
      outcomes.push(...batch);
      abort.abort();
    }
    const results = fake.ids.map((id) => resultsOf(outcomes).get(id));
    expect(outcomes).toHaveLength(4);
    expect(results[0]).toBe('done');
    expect(results.at(-1)).toBe('skipped');
    expect(fake.calls().length).toBe(results.filter((result) => result === 'done').length);
  });

  test('before the beginning runs nothing', async () => {
    const fake = fakeExim(folder(), ['does']);
    const signal = AbortSignal.abort();
    expect(await outcomesOf(actionBatches(fake.place, remove, batchesOf(fake.ids), { signal }))).toEqual([]);
    expect(fake.calls()).toEqual([]);
  });

  test('by leaving the loop waits for the Exims that run, and ends the source', async () => {
    const fake = fakeExim(folder(), ['does', 'does', 'does']);
    let isEnded = false;
    async function* source(): AsyncGenerator<readonly string[]> {
      try {
        for (const id of fake.ids) yield [id];
      } finally {
        isEnded = true;
      }
    }
    const options = { batch: 1, concurrency: 2, batchWaitMs: 0 };
    for await (const _ of actionBatches(fake.place, remove, source(), options)) break;
    expect(isEnded).toBe(true);
    expect(processesWith(fake.place.exim ?? '')).toEqual([]);
  });
});

test('no more is read than there are outcomes asked for', async () => {
  const fake = fakeExim(folder(), Array<Deed>(50).fill('lies'));
  let read = 0;
  async function* endless(): AsyncGenerator<readonly string[]> {
    for (;;) yield fake.ids.map((id) => id.replace(/^.{6}/, String(100_000 + read++)));
  }
  const iterator = actionBatches(fake.place, remove, endless(), { batch: 50, concurrency: 2 })[Symbol.asyncIterator]();
  for (let pulled = 0; pulled < 5; pulled += 1) await iterator.next();
  const readThen = read;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(read).toBe(readThen);
  expect(read).toBeLessThan(50 * 20);
  await iterator.return?.();
});

test('a source that fails does so after the outcomes of what had come', async () => {
  const fake = fakeExim(folder(), ['does']);
  async function* failing(): AsyncGenerator<readonly string[]> {
    yield fake.ids;
    throw new Error('no more');
  }
  const outcomes: ActionOutcome[] = [];
  const all = async (): Promise<void> => {
    for await (const batch of actionBatches(fake.place, remove, failing())) outcomes.push(...batch);
  };
  await expect(all()).rejects.toThrow('no more');
  expect(outcomes).toMatchObject([{ result: 'done' }]);
});

test('a place without Exim is refused at the call', () => {
  const { exim: _, ...place } = fakeExim(folder(), []).place;
  expect(() => actionBatches(place, remove, batchesOf())).toThrow(code('NO_EXIM'));
});

test('options are refused at the call', () => {
  const { place } = fakeExim(folder(), []);
  expect(() => actionBatches(place, remove, batchesOf(), { batch: 0 })).toThrow(
    'batch must be an integer from 1 to 5000, not 0',
  );
  expect(() => actionBatches(place, remove, batchesOf(), { timeoutMs: 10 })).toThrow(code('OPTION'));
});

test('a filter that cannot be is refused before anything is done', async () => {
  const fake = fakeExim(folder(), ['does']);
  const recheck = { sender: { regex: '(' } };
  const batches = actionBatches(fake.place, remove, batchesOf(fake.ids), { recheck });
  await expect(outcomesOf(batches)).rejects.toEqual(code('OPTION'));
  expect(fake.calls()).toEqual([]);
});

test('what was done is counted, and told at the end', async () => {
  const fake = fakeExim(folder(), ['does', 'refuses', 'does']);
  const metrics = new CounterMetrics();
  const done: number[] = [];
  const onProgress = (progress: { done: number }): void => void done.push(progress.done);
  await outcomesOf(actionBatches(fake.place, remove, batchesOf(fake.ids), { metrics, onProgress }));
  expect(done.at(-1)).toBe(3);
  expect([metricNames.acted, metricNames.failedActions, metricNames.runs].map((name) => metrics.get(name))).toEqual([
    3, 1, 1,
  ]);
});

/** Removes messages, each of which comes when the outcome of the one before is there. */
async function oneByOne(place: QueuePlace, ids: readonly string[]): Promise<ActionOutcome[]> {
  const seen: ActionOutcome[] = [];
  async function* source(): AsyncGenerator<readonly string[]> {
    for (const [index, id] of ids.entries()) {
      await until(() => seen.length === index);
      yield [id];
    }
  }
  for await (const batch of actionBatches(place, remove, source(), { batchWaitMs: 1 })) seen.push(...batch);
  return seen;
}

/** Processes with a program among their arguments. */
function processesWith(program: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && argumentsOf(name).includes(program))
    .map(Number);
}

function argumentsOf(pid: string): readonly string[] {
  try {
    return readFileSync(path.join('/proc', pid, 'cmdline'), 'utf8').split('\0');
  } catch {
    return [];
  }
}

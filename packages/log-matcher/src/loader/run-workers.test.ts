import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LogMatcherError } from '../log-matcher-error.ts';
import { PoolWorker } from './pool-worker.ts';
import type { Part } from './protocol.ts';
import { type CommonTask, runWorkers } from './run-workers.ts';

/** Loops in workers never end by themselves: what ends them is the scan's end. */
const waitForTheEnd = `
  const cells = new Int32Array(task.shared);
  const sleep = () => Atomics.wait(cells, 2 + task.slot, Atomics.load(cells, 2 + task.slot));
  while (Atomics.load(cells, 1) === 0) sleep();`;

const done = `parentPort.postMessage({ type: 'done', result: { lines: 1 } });`;

const workers: Worker[] = [];

function workerThat(onTask: string): PoolWorker {
  const script = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (task) => { ${onTask} });`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
  workers.push(worker);
  return new PoolWorker(worker);
}

const task: CommonTask = {
  file: { fd: -1, path: 'none', size: 0 },
  settings: { start: 0, end: 0, chunkBytes: 1024, maxLineBytes: 1024 },
  stripeBytes: 1,
};

const part = (stripe: number, isLast: boolean, mark: number): string =>
  `parentPort.postMessage({ type: 'part', stripe: ${stripe}, isLast: ${isLast},
    records: Int32Array.of(${mark}), lines: new Uint8Array(0), rejects: [] });`;

const ignore = (): void => {};

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

describe('runWorkers', () => {
  test.each([
    ['that exits', 'process.exit(3)', 'a worker ended by itself: exit code 3'],
    ['that throws', "throw new Error('out of luck')", 'a worker ended by itself: out of luck'],
  ])('is rejected with its own error for a worker %s, when the others have come to rest', async (_, end, message) => {
    const dying = workerThat(end);
    const other = workerThat(`${waitForTheEnd} ${done}`);
    const error = expect.objectContaining({ code: 'ERR_LOG_MATCHER_WORKER', message });
    await expect(runWorkers([other, dying], task, ignore, [])).rejects.toEqual(error);
    expect([other.isDead, dying.isDead]).toEqual([false, true]);
  });

  test('is rejected for a worker whose script is not there', async () => {
    const worker = new Worker(new URL('file:///nowhere/scan-worker.js'));
    workers.push(worker);
    const error: unknown = await runWorkers([new PoolWorker(worker)], task, ignore, []).catch((reason) => reason);
    expect((error as LogMatcherError).code).toBe('ERR_LOG_MATCHER_WORKER');
    expect((error as LogMatcherError).message).toContain('/nowhere/scan-worker.js');
  });

  test('gives the parts of all workers in the order of their stripes', async () => {
    const one = workerThat(`${part(1, false, 1)} ${part(1, true, 2)} ${done}`);
    const two = workerThat(`setTimeout(() => { ${part(0, true, 0)} ${part(2, true, 3)} ${done} }, 50);`);
    const seen: (number | undefined)[] = [];
    const result = await runWorkers([one, two], task, ({ records }: Part) => seen.push(records[0]), []);
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(result.lines).toBe(2);
  });

  test('delivers nothing more after an abort, and leaves nobody on the signal', async () => {
    const controller = new AbortController();
    const worker = workerThat(`${part(0, false, 0)} ${waitForTheEnd} ${part(0, true, 1)} ${done}`);
    const seen: (number | undefined)[] = [];
    const deliver = ({ records }: Part): void => {
      seen.push(records[0]);
      controller.abort('now');
    };
    await expect(runWorkers([worker], task, deliver, [controller.signal])).rejects.toBe('now');
    expect(seen).toEqual([0]);
  });

  test('leaves a worker whose task is done ready for the next', async () => {
    const worker = workerThat(done);
    for (let turn = 0; turn < 3; turn++) expect((await runWorkers([worker], task, ignore, [])).lines).toBe(1);
    const gone = once(workers[0] as Worker, 'exit');
    await worker.close();
    await gone;
    expect(worker.isDead).toBe(true);
  });
});

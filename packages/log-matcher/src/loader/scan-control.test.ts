import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ScanControl } from './scan-control.ts';

test('claims give every stripe once, to whoever shares the control', () => {
  const control = new ScanControl(2);
  const other = new ScanControl(control.shared);
  expect([control.claim(), other.claim(), control.claim()]).toEqual([0, 1, 2]);
});

test('has room for two parts of a worker, and for more when they are delivered', () => {
  const control = new ScanControl(1);
  expect([control.awaitRoom(0), control.awaitRoom(0)]).toEqual([true, true]);
  control.delivered(0);
  expect(control.awaitRoom(0)).toBe(true);
});

test('has no room when the scan is over, also for a worker that is asleep', async () => {
  const control = new ScanControl(2);
  const script = `
    import { parentPort, workerData } from 'node:worker_threads';
    const cells = new Int32Array(workerData);
    parentPort.postMessage('ready');
    parentPort.postMessage(Atomics.wait(cells, 3, 0));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), {
    workerData: control.shared,
  });
  await once(worker, 'message');
  control.stop();
  // Whether it had fallen asleep already or not: it does not stay there.
  expect(['ok', 'not-equal']).toContain((await once(worker, 'message'))[0]);
  expect([control.isStopped, control.awaitRoom(0)]).toEqual([true, false]);
  await worker.terminate();
});

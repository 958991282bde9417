import { parentPort, workerData } from 'node:worker_threads';
import { LogMatcherError } from '../log-matcher-error.ts';
import { PatternSet } from '../pattern-set.ts';
import type { Failed, ScanTask, WorkerMessage } from './protocol.ts';
import { StripeScan } from './stripe-scan.ts';

let set: PatternSet | undefined;
let scan: StripeScan | undefined;

function post(message: WorkerMessage): void {
  const transfer = message.type === 'part' ? [message.records.buffer, message.lines.buffer] : [];
  parentPort?.postMessage(message, transfer);
}

function failureOf(error: unknown): Failed {
  const { message } = error as Error;
  return error instanceof LogMatcherError
    ? { type: 'failed', code: error.code, message }
    : { type: 'failed', code: 'ERR_LOG_MATCHER_WORKER', message: `a worker failed: ${message}` };
}

parentPort?.on('message', (task: ScanTask) => {
  try {
    set ??= PatternSet.deserialize(workerData, { rejects: { next: (reject) => scan?.writer.reject(reject) } });
    scan = new StripeScan(set, task, post);
    post({ type: 'done', result: scan.run() });
  } catch (error) {
    post(failureOf(error));
  }
});

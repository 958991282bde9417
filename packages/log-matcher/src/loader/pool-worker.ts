import type { Worker } from 'node:worker_threads';
import { LogMatcherError } from '../log-matcher-error.ts';
import type { ScanTask, WorkerMessage } from './protocol.ts';

/** Who is told of what a worker does during a task. */
export interface WorkerListener {
  message(message: WorkerMessage): void;
  /** It is gone; nothing else comes from it. */
  died(error: LogMatcherError): void;
}

/** A worker thread of a pool. It keeps the process alive only while it has a task. */
export class PoolWorker {
  readonly #worker: Worker;
  #listener: WorkerListener | undefined;
  #cause: unknown;
  #isDead = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.unref();
    worker.on('message', (message: WorkerMessage) => this.#take(message));
    worker.on('error', (cause) => {
      this.#cause = cause;
    });
    worker.on('exit', (code) => this.#exited(code));
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Gives it a task, when it has none. */
  start(task: ScanTask, listener: WorkerListener): void {
    this.#listener = listener;
    this.#worker.ref();
    this.#worker.postMessage(task);
  }

  /** Ends the thread, whatever it is at. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(message: WorkerMessage): void {
    const listener = this.#listener;
    if (message.type !== 'part') this.#rest();
    listener?.message(message);
  }

  #rest(): void {
    this.#listener = undefined;
    this.#worker.unref();
  }

  #exited(code: number): void {
    this.#isDead = true;
    const listener = this.#listener;
    this.#listener = undefined;
    const { message = `exit code ${code}` } = (this.#cause ?? {}) as { message?: string };
    const fault = `a worker ended by itself: ${message}`;
    listener?.died(new LogMatcherError('ERR_LOG_MATCHER_WORKER', fault, { cause: this.#cause }));
  }
}

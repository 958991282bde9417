import { Worker } from 'node:worker_threads';
import { LogMatcherError } from '../log-matcher-error.ts';
import type { LineMatch } from '../pattern-match.ts';
import { closeLog, openLog } from './log-file.ts';
import {
  checkScanOptions,
  refuseCut,
  type ScanFileOptions,
  type ScanFileResult,
  type ScanPoolOptions,
  type ScanSettings,
  stripeOption,
  workersOption,
} from './options.ts';
import { PartDelivery } from './part-delivery.ts';
import { PoolWorker } from './pool-worker.ts';
import { runWorkers } from './run-workers.ts';
import { scanHere } from './scan-here.ts';
import type { ScannableSet } from './scannable-set.ts';
import { workerUrl } from './worker-url.ts';

/** Stripes are counted in 32 bits. */
const maxStripes = 2 ** 30;

/**
 * Worker threads that scan files for one set, kept between files.
 *
 * - Files are scanned one after the other, in the order of the calls.
 * - A file is cut into stripes. A worker takes the next one, reads and scans it with its own copy of the set, and sends
 *   what it found as numbers with the bytes of those lines only. Each has at most two such parts of about 4 MiB on the
 *   way; then it waits.
 * - The sink is called in this thread, in the order of the file, with matches that answer as those of a scan in this
 *   thread do. They stay valid after it.
 * - A worker that died is replaced for the next file. Idle workers do not keep the process alive.
 */
export class ScanPool {
  readonly #set: ScannableSet;
  readonly #count: number;
  readonly #stripeBytes: number;
  readonly #closing = new AbortController();
  #workers: PoolWorker[] = [];
  #serialized: Uint8Array | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @throws LogMatcherError `ERR_LOG_MATCHER_OPTION` */
  constructor(set: ScannableSet, options: ScanPoolOptions = {}) {
    this.#set = set;
    this.#count = workersOption(options.workers, 2);
    this.#stripeBytes = stripeOption(options.stripeBytes);
  }

  /**
   * Scans a file as `scanFile` does.
   *
   * @param options without `workers`, which the pool has
   * @throws LogMatcherError (rejected) as `scanFile`, and `ERR_LOG_MATCHER_CLOSED` when the pool is closed meanwhile
   */
  async scanFile(
    path: string,
    sink: (match: LineMatch) => void,
    options: Omit<ScanFileOptions, 'workers'> = {},
  ): Promise<ScanFileResult> {
    const settings = checkScanOptions(options);
    if (this.#count > 1) refuseCut(options);
    const scan = this.#last.then(() => this.#scan(path, sink, settings, options));
    this.#last = scan.catch(() => {});
    return scan;
  }

  /** Ends the scans that run or wait, and the workers. Resolved when they are gone. */
  async close(): Promise<void> {
    const cure = 'make another pool';
    this.#closing.abort(new LogMatcherError('ERR_LOG_MATCHER_CLOSED', 'the pool was closed', { cure }));
    await this.#last;
    await Promise.all(this.#workers.map((worker) => worker.close()));
    this.#workers = [];
  }

  async #scan(
    path: string,
    sink: (match: LineMatch) => void,
    settings: ScanSettings,
    { cut, signal }: ScanFileOptions,
  ): Promise<ScanFileResult> {
    const signals = signal === undefined ? [this.#closing.signal] : [this.#closing.signal, signal];
    for (const each of signals) each.throwIfAborted();
    if (this.#count === 1) return scanHere(this.#set, path, sink, settings, cut, signals);
    const file = openLog(path);
    try {
      const end = Math.min(settings.end, Math.max(settings.start, file.size));
      const stripeBytes = Math.max(this.#stripeBytes, Math.ceil((end - settings.start) / maxStripes));
      const delivery = new PartDelivery(this.#set, sink);
      const task = { file, settings: { ...settings, end }, stripeBytes };
      return await runWorkers(this.#ready(), task, (part) => delivery.deliver(part), signals);
    } finally {
      closeLog(file);
    }
  }

  /** All workers, the dead ones replaced. */
  #ready(): readonly PoolWorker[] {
    this.#serialized ??= this.#set.serialize?.();
    if (this.#serialized === undefined) {
      throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', 'workers need a set with serialize(): give it a PatternSet');
    }
    const alive = this.#workers.filter(({ isDead }) => !isDead);
    while (alive.length < this.#count) alive.push(this.#start(this.#serialized));
    this.#workers = alive;
    return alive;
  }

  #start(serialized: Uint8Array): PoolWorker {
    return new PoolWorker(new Worker(workerUrl, { workerData: serialized, execArgv: [], name: 'log-matcher' }));
  }
}

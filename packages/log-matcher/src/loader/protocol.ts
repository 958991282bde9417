import type { Reject } from '@sluice/pipeline';
import type { LogFile } from './log-file.ts';
import type { ScanFileResult, ScanSettings } from './options.ts';

/** To a worker: scan stripes of a file until there are no more. */
export interface ScanTask {
  /** Open in the whole process. */
  readonly file: LogFile;
  /** `end` is where the file is taken to end. */
  readonly settings: ScanSettings;
  readonly stripeBytes: number;
  /** Of a `ScanControl`. */
  readonly shared: SharedArrayBuffer;
  /** Number of the worker. */
  readonly slot: number;
}

/** What was found in a stripe, or in a piece of one. */
export interface Part {
  readonly type: 'part';
  readonly stripe: number;
  /** Whether the stripe ends with it. */
  readonly isLast: boolean;
  /** Matches and rejects in order, see `PartWriter`. */
  readonly records: Int32Array<ArrayBuffer>;
  /** Bytes of the lines that match. */
  readonly lines: Uint8Array<ArrayBuffer>;
  readonly rejects: readonly Reject[];
}

/** From a worker: there are no more stripes. */
export interface Done {
  readonly type: 'done';
  readonly result: ScanFileResult;
}

/** From a worker: it could not go on. It takes further tasks. */
export interface Failed {
  readonly type: 'failed';
  readonly code: string;
  readonly message: string;
}

export type WorkerMessage = Part | Done | Failed;

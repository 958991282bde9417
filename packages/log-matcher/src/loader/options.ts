import { LogMatcherError } from '../log-matcher-error.ts';
import type { ScanOptions, ScanResult } from '../options.ts';

/** How a file is scanned. */
export interface ScanFileOptions {
  /** 1: in this thread; 2 to 64: in so many worker threads. Default 1. */
  readonly workers?: number;
  /** Offset of the first byte, taken for the beginning of a line. Default 0. */
  readonly start?: number;
  /** Offset behind the last byte: a line that goes on there ends there. Default: the size when the file is opened. */
  readonly end?: number;
  /** Bytes read at once, 1 KiB to 64 MiB. Default 262 144. */
  readonly chunkBytes?: number;
  /**
   * Longest line, 1 byte to 256 MiB, without its `\n`. Of a longer one so many bytes are scanned, as a line without a
   * break; the rest is skipped, and `cutLines` counts it. Default 16 777 216.
   */
  readonly maxLineBytes?: number;
  /** What to cut out of lines, as in `PatternSet.scan`; only in this thread. Offsets of lines are those in the file. */
  readonly cut?: ScanOptions['cut'];
  /** Ends the scan: it is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Counts of a scan of a file. */
export interface ScanFileResult extends ScanResult {
  /** Bytes from `start` to where the file, or `end`, was reached. */
  readonly bytes: number;
  /** Lines longer than `maxLineBytes`. */
  readonly cutLines: number;
}

/** How the workers of a pool share a file. */
export interface ScanPoolOptions {
  /** Worker threads, 1 to 64; 1 scans in the calling thread. Default 2. */
  readonly workers?: number;
  /** Bytes of a file that a worker takes at a time, 1 byte to 1 GiB. Default 8 388 608. */
  readonly stripeBytes?: number;
}

/** The options of one scan, with their defaults. */
export interface ScanSettings {
  readonly start: number;
  readonly end: number;
  readonly chunkBytes: number;
  readonly maxLineBytes: number;
}

export const maxWorkers = 64;
const kib = 1024;
const mib = 1024 * kib;
const gib = 1024 * mib;

/** The option's value, or its default; throws `ERR_LOG_MATCHER_OPTION` unless it is an integer within the bounds. */
export function integerOption(option: string, value: unknown, initial: number, min: number, max: number): number {
  if (value === undefined) return initial;
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  const fault = `${option} must be an integer from ${min} to ${max}, not ${String(value)}`;
  throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', fault, { value });
}

/** Number of workers that was asked for. */
export const workersOption = (value: unknown, initial: number): number =>
  integerOption('workers', value, initial, 1, maxWorkers);

/** Bytes of a stripe that were asked for. */
export const stripeOption = (value: unknown): number => integerOption('stripeBytes', value, 8 * mib, 1, gib);

/** Checks the options of a scan. Throws `ERR_LOG_MATCHER_OPTION`. */
export function checkScanOptions({ start, end, chunkBytes, maxLineBytes }: ScanFileOptions): ScanSettings {
  const from = integerOption('start', start, 0, 0, Number.MAX_SAFE_INTEGER);
  const longest = integerOption('maxLineBytes', maxLineBytes, 16 * mib, 1, 256 * mib);
  const chunk = integerOption('chunkBytes', chunkBytes, 256 * kib, kib, 64 * mib);
  return {
    start: from,
    end:
      end === Number.POSITIVE_INFINITY
        ? end
        : integerOption('end', end, Number.POSITIVE_INFINITY, from, Number.MAX_SAFE_INTEGER),
    // Only a line that goes beyond a chunk can be too long: that is how one is noticed without a look at every line.
    chunkBytes: Math.min(chunk, longest),
    maxLineBytes: longest,
  };
}

/** Refuses what cannot be done by workers. Throws `ERR_LOG_MATCHER_OPTION`. */
export function refuseCut({ cut }: ScanFileOptions): void {
  if (cut === undefined) return;
  const cure = 'leave workers at 1';
  throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', 'cut is a function of this thread, and workers cannot call it', {
    cure,
  });
}

import { systemClock } from '@sluice/pipeline';
import { option } from '../option-check.ts';
import type { ListOptions, QueueField, QueueProgress } from '../options.ts';
import { Reports } from '../reports.ts';
import { usualMaxHeaderFileBytes } from '../spool/file-bytes.ts';

const kib = 1024;
const mib = kib * kib;
const fieldNames: readonly QueueField[] = ['size', 'locks', 'reasons', 'headers'];
const isName = (item: unknown): item is string => typeof item === 'string' && item !== '';

/** `ListOptions`, checked, with defaults; the filter is made ready later. */
export interface ListSettings {
  readonly fields: ReadonlySet<QueueField>;
  /** In lower case; undefined for all. */
  readonly headers: ReadonlySet<string> | undefined;
  readonly order: 'arrival' | 'none';
  readonly damaged: boolean;
  readonly maxParallelReads: number;
  readonly maxHeaderFileBytes: number;
  readonly onProgress: ((progress: QueueProgress) => void) | undefined;
  /** The moment that ages are told for: one for the whole listing. */
  readonly nowMs: () => number;
  readonly reports: Reports;
}

/** @throws {EximQueueError} `OPTION` */
export function listSettings(options: ListOptions): ListSettings {
  const isField = (item: unknown): item is QueueField => fieldNames.includes(item as QueueField);
  const fields = option.list('fields', options.fields, fieldNames.map((name) => `'${name}'`).join(', '), isField);
  const headers = option.list('headers', options.headers, 'names of headers', isName);
  option.callback('onProgress', options.onProgress);
  option.signal(options.signal);
  const { clock = systemClock } = options;
  return {
    fields: new Set(fields ?? ['size', 'locks']),
    headers: headers && new Set(headers.map((name) => name.toLowerCase())),
    order: option.word('order', options.order, 'arrival', ['arrival', 'none']),
    damaged: option.flag('damaged', options.damaged, options.where === undefined),
    maxParallelReads: option.integer('maxParallelReads', options.maxParallelReads, 16, 1, 64),
    maxHeaderFileBytes: option.integer(
      'maxHeaderFileBytes',
      options.maxHeaderFileBytes,
      usualMaxHeaderFileBytes,
      4 * kib,
      64 * mib,
    ),
    onProgress: options.onProgress,
    reports: new Reports(options),
    nowMs: () => clock.nowMs(),
  };
}

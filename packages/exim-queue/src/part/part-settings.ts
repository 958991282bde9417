import { EximQueueError } from '../exim-queue-error.ts';
import { isMessageId } from '../id/is-message-id.ts';
import { option } from '../option-check.ts';
import type { PartOptions } from '../options.ts';
import { Reports } from '../reports.ts';

/** `PartOptions`, checked, with defaults. */
export interface PartSettings {
  readonly maxBytes: number;
  readonly reports: Reports;
}

/** @throws {EximQueueError} `ID`, `OPTION` */
export function partSettings(id: string, options: PartOptions): PartSettings {
  if (!isMessageId(id))
    throw new EximQueueError('ERR_EXIM_QUEUE_ID', `${JSON.stringify(id)} is no message id`, { value: id });
  option.signal(options.signal);
  return {
    maxBytes: option.integer('maxBytes', options.maxBytes, Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY),
    reports: new Reports(options),
  };
}

import { option } from '../option-check.ts';
import type { SummaryKey, SummaryOptions } from '../options.ts';
import { Reports } from '../reports.ts';

const keys: readonly SummaryKey[] = [
  'recipientDomain',
  'senderDomain',
  'sender',
  'host',
  'authId',
  'login',
  'state',
  'age',
  'reason',
];

/** `SummaryOptions`, checked, with defaults; the filter is made ready later. */
export interface SummarySettings {
  readonly by: SummaryKey;
  readonly maxKeys: number;
  readonly reports: Reports;
}

/** @throws {EximQueueError} `OPTION` */
export function summarySettings(options: SummaryOptions): SummarySettings {
  option.signal(options.signal);
  return {
    by: option.word('by', options.by, 'recipientDomain', keys),
    maxKeys: option.integer('maxKeys', options.maxKeys, 100_000, 1, 10_000_000),
    reports: new Reports(options),
  };
}

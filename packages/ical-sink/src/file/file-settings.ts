import { type CalendarSettings, calendarSettings } from '../calendar/calendar-settings.ts';
import { badOption, integerOption, wordOption } from '../option-check.ts';
import type { CalendarFileOptions } from '../options.ts';

/** {@link CalendarFileOptions}, checked and with their defaults. */
export interface FileSettings {
  readonly path: string;
  readonly calendar: CalendarSettings;
  readonly mode: 'replace' | 'upsert';
  readonly split: 'month' | 'year' | undefined;
  readonly maxBytes: number;
  readonly maxEvents: number;
  readonly maxFiles: number;
  readonly maxPendingBytes: number;
  readonly lockTimeoutMs: number;
}

/** Checks the options. @throws IcalSinkError `ERR_ICAL_SINK_OPTION` */
export function fileSettings(path: string, options: CalendarFileOptions): FileSettings {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) throw badOption('path', 'a path', path);
  const unlimited = Number.POSITIVE_INFINITY;
  return {
    path,
    calendar: calendarSettings(options),
    mode: wordOption('mode', options.mode, ['replace', 'upsert']) ?? 'replace',
    split: wordOption('split', options.split, ['month', 'year']),
    maxBytes: integerOption('maxBytes', options.maxBytes, unlimited, 4096, unlimited),
    maxEvents: integerOption('maxEvents', options.maxEvents, unlimited, 1, unlimited),
    maxFiles: integerOption('maxFiles', options.maxFiles, 2000, 1),
    maxPendingBytes: integerOption('maxPendingBytes', options.maxPendingBytes, 16 << 20, 4096),
    lockTimeoutMs: integerOption('lockTimeoutMs', options.lockTimeoutMs, 30_000, 0),
  };
}

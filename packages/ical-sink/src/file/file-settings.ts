import { type CalendarSettings, calendarSettings } from '../calendar/calendar-settings.ts';
import { check } from '../check.ts';
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
  const unlimited = Number.POSITIVE_INFINITY;
  return {
    path: check.text('path', path, 'a path'),
    calendar: calendarSettings(options),
    mode: check.word('mode', options.mode, 'replace', ['replace', 'upsert']),
    split: check.word('split', options.split, undefined, ['month', 'year']),
    maxBytes: check.integer('maxBytes', options.maxBytes, unlimited, 4096, unlimited),
    maxEvents: check.integer('maxEvents', options.maxEvents, unlimited, 1, unlimited),
    maxFiles: check.integer('maxFiles', options.maxFiles, 2000, 1),
    maxPendingBytes: check.integer('maxPendingBytes', options.maxPendingBytes, 16 << 20, 4096),
    lockTimeoutMs: check.integer('lockTimeoutMs', options.lockTimeoutMs, 30_000, 0),
  };
}

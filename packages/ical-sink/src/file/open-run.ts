import { calendarFoot } from '../calendar/calendar-foot.ts';
import { calendarHead } from '../calendar/calendar-head.ts';
import { EventEncoder } from '../calendar/event-encoder.ts';
import type { SinkOptions } from '../options.ts';
import { Reports } from '../reports.ts';
import { FileNames } from './file-names.ts';
import type { FileRun } from './file-run.ts';
import type { FileSettings } from './file-settings.ts';
import { ReplaceRun } from './replace-run.ts';
import { UpsertRun } from './upsert-run.ts';

/** Begins a writing of a calendar to its files. */
export function openRun(settings: FileSettings, options: SinkOptions, signal: AbortSignal): FileRun {
  const context = {
    settings,
    names: new FileNames(settings.path, settings.split),
    encoder: new EventEncoder(settings.calendar),
    head: Buffer.from(calendarHead(settings.calendar)),
    foot: Buffer.from(calendarFoot),
    reports: new Reports(options),
    signal,
  };
  return settings.mode === 'upsert' ? new UpsertRun(context) : new ReplaceRun(context);
}

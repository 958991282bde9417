import type { CalendarOptions } from '@sluice/ical-sink/batches';
import type { ActivityCalendarError } from '../activity-calendar-error.ts';
import type { SourceSpec } from '../config/source-spec.ts';
import type { CalDavSettings } from '../settings/caldav-settings.ts';
import type { CalendarSettings } from '../settings/calendar-settings.ts';
import type { RunSettings } from '../settings/run-settings.ts';
import type { ServeSettings } from '../settings/serve-settings.ts';

/** What is to be done, from the command line and the configuration file. */
export interface CalendarJob {
  readonly sources: readonly SourceSpec[];
  readonly calendar: CalendarSettings;
  readonly caldav: CalDavSettings;
  readonly serve: ServeSettings;
  readonly run: RunSettings;
  /** Sources of the configuration file that are left out, and why. */
  readonly faults: readonly ActivityCalendarError[];
}

/** How the calendar is written. */
export function calendarOptions({ calendar: { name, slot, compat } }: CalendarJob): CalendarOptions {
  return {
    ...(name === undefined ? {} : { name }),
    ...(slot === undefined ? {} : { slotMs: slot }),
    ...(compat === undefined ? {} : { compatibility: compat }),
  };
}

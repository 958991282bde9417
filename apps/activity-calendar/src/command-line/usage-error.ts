import { ActivityCalendarError } from '../activity-calendar-error.ts';

/** A fault of the command line, one line with its cure. */
export const usageError = (fault: string, cure: string): ActivityCalendarError =>
  new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_USAGE', fault, { cure });

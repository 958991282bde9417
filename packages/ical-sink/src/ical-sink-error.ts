import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * What an {@link IcalSinkError} or a reject of this package can be about:
 * - `OPTION`: an option has a value that it cannot have (thrown at the call);
 * - `UID`: an activity without a uid;
 * - `DATE`: an activity with a time that iCalendar cannot write, before the year 0 or after 9999;
 * - `DUPLICATE`: a uid that was written before, where no event can be taken back (a reject; the first one stands);
 * - `TOO_LARGE`: an event that is larger than a whole file may be, or a line that is longer than is read;
 * - `FILES`: an activity that would need one file more than `maxFiles`;
 * - `FORMAT`: a file that is there already is no calendar, and is not touched;
 * - `TRUNCATED`: a calendar file that is there already ends too early, and is not touched;
 * - `FILE`: a file cannot be read or written;
 * - `LOCKED`: another process goes on writing the same calendar;
 * - `CHANGED`: another program changed the file while it was being rewritten, again and again;
 * - `OVERFLOW`: activities come faster than they can be written, and too many wait;
 * - `ABORTED`: the sink was stopped, or used after its end;
 * - `FEED`: a feed has no room for an event;
 * - `MISSING`: an optional package is not installed;
 * - `NETWORK`: a CalDAV server cannot be reached;
 * - `TIMEOUT`: a CalDAV server did not answer in time;
 * - `AUTHENTICATION`: a CalDAV server refuses the credentials, or their absence;
 * - `NO_CALENDAR`: a CalDAV server has no such calendar;
 * - `REDIRECT`: a CalDAV server sends elsewhere, where credentials must not follow;
 * - `CONFLICT`: an event was changed on the CalDAV server at the same time;
 * - `CALDAV`: a CalDAV server refused for another reason, with its status.
 */
export type IcalSinkErrorCode = `ERR_ICAL_SINK_${
  | 'OPTION'
  | 'UID'
  | 'DATE'
  | 'DUPLICATE'
  | 'TOO_LARGE'
  | 'FILES'
  | 'FORMAT'
  | 'TRUNCATED'
  | 'FILE'
  | 'LOCKED'
  | 'CHANGED'
  | 'OVERFLOW'
  | 'ABORTED'
  | 'FEED'
  | 'MISSING'
  | 'NETWORK'
  | 'TIMEOUT'
  | 'AUTHENTICATION'
  | 'NO_CALENDAR'
  | 'REDIRECT'
  | 'CONFLICT'
  | 'CALDAV'}`;

/** Any error of this package. */
export class IcalSinkError extends ComponentError {
  override readonly name: string = 'IcalSinkError';
  declare readonly code: IcalSinkErrorCode;

  constructor(code: IcalSinkErrorCode, fault: string, details?: ComponentErrorDetails) {
    super(code, fault, details);
  }
}

export { CalDavCalendar } from './caldav/caldav-calendar.ts';
export type { CalDavOptions } from './caldav/caldav-options.ts';
export type { CalDavOutcome } from './caldav/outcome.ts';
export { type ToCalDavOptions, toCalDav } from './caldav/to-caldav.ts';
export { CalendarWriter } from './calendar/calendar-writer.ts';
export { sanitizeText } from './calendar/sanitize-text.ts';
export { toICalendar } from './calendar/to-icalendar.ts';
export { CalendarFeed } from './feed/calendar-feed.ts';
export { type CalendarFeedOptions, feedToken } from './feed/feed-options.ts';
export { toFeed } from './feed/to-feed.ts';
export { CalendarFile } from './file/calendar-file.ts';
export type { CalendarFileResult, CalendarFileState } from './file/calendar-file-result.ts';
export { toCalendarFile } from './file/to-calendar-file.ts';
export {
  ICalSinkError,
  type ICalSinkErrorCode,
  IcalSinkError,
  type IcalSinkErrorCode,
} from './ical-sink-error.ts';
export { metricNames } from './metrics.ts';
export type { CalendarFileOptions, CalendarOptions, SessionOptions, SinkOptions } from './options.ts';
export { Sessions } from './sessions/sessions.ts';
export { toSessions } from './sessions/to-sessions.ts';

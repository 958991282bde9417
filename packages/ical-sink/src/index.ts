export * from './batches.ts';
export { type ToCalDavOptions, toCalDav } from './caldav/to-caldav.ts';
export { toICalendar } from './calendar/to-icalendar.ts';
export { toFeed } from './feed/to-feed.ts';
export { toCalendarFile } from './file/to-calendar-file.ts';
export { toSessions } from './sessions/to-sessions.ts';

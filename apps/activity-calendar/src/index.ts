export type { Io } from '@sluice/command-line';
export { activityCalendar } from './activity-calendar.ts';
export { ActivityCalendarError, type ActivityCalendarErrorCode } from './activity-calendar-error.ts';
export { type CalendarConfig, readConfig } from './config/read-config.ts';
export type { SourceSpec } from './config/source-spec.ts';
export type { SourceKind } from './settings/source-kind.ts';
export { openSource } from './sources/open-source.ts';
export type { SourceOptions } from './sources/source-options.ts';

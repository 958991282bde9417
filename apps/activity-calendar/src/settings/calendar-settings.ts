import { readChoice, readCount, readDuration, readSize, type Settings } from '@sluice/command-line';

/** Whose titles, texts and slots are written. */
export type Compatibility = 'svn2ical' | 'maildir2ical';

/** What can be said of the calendar. */
export interface CalendarSettings {
  readonly output?: string;
  readonly name?: string;
  readonly upsert?: boolean;
  readonly split?: 'month' | 'year';
  readonly maxBytes?: number;
  readonly maxEvents?: number;
  readonly slot?: number;
  readonly session?: number;
  readonly compat?: Compatibility;
  readonly state?: string;
}

/** What one event and the calendar around it need at least. */
const minFileBytes = 4096;

/** Those that concern what is in a calendar, wherever it goes: a file, a feed, a server. */
export const contentSettings: Settings<Pick<CalendarSettings, 'name' | 'slot' | 'session' | 'compat'>> = {
  name: { value: 'NAME', help: "the calendar's name" },
  slot: {
    value: 'TIME',
    help: 'how long before its instant an event begins; 0 for instants (default: 5m)',
    read: readDuration,
  },
  session: { value: 'TIME', help: 'what is less than so long apart becomes one block of work', read: readDuration },
  compat: {
    value: 'SCRIPT',
    choices: ['svn2ical', 'maildir2ical'],
    help: 'titles, texts and slots as svn2ical or maildir2ical wrote them',
    read: readChoice('svn2ical', 'maildir2ical'),
  },
};

/** The options about the calendar, and the keys of a configuration file. */
export const calendarSettings: Settings<CalendarSettings> = {
  output: { value: 'FILE', short: 'o', isPath: true, help: 'write there; - for standard output' },
  ...contentSettings,
  upsert: { help: 'keep what the file has, replace what changed, add what is new' },
  split: {
    value: 'SPAN',
    choices: ['year', 'month'],
    help: 'a file for each year or month: FILE-2024.ics',
    read: readChoice('year', 'month'),
  },
  maxBytes: { value: 'SIZE', help: 'go on in FILE.2.ics before this size: 900k', read: readSize(minFileBytes) },
  maxEvents: { value: 'COUNT', help: 'go on in FILE.2.ics after so many events', read: readCount(1) },
  state: { value: 'FILE', isPath: true, help: 'remember there what was read, and read only what is new' },
};

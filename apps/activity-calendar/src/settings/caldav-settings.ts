import type { Settings } from '@sluice/command-line';
import { readWebAddress } from '../values/read-web-address.ts';

/** What can be said of a calendar on a server. */
export interface CalDavSettings {
  readonly url?: string;
  readonly calendar?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly create?: boolean;
}

/** The options of `push`, and the keys below `caldav:`. */
export const caldavSettings: Settings<CalDavSettings> = {
  url: { option: 'caldav', value: 'URL', help: "the CalDAV server's address", read: readWebAddress },
  calendar: { value: 'NAME', help: "the calendar's name or path on the server" },
  user: { value: 'NAME', help: 'log in as this user' },
  passwordFile: {
    value: 'FILE',
    isPath: true,
    help: 'read the password there (default: the environment variable ACTIVITY_CALENDAR_PASSWORD)',
  },
  create: { help: 'make the calendar where there is none' },
};

import { readCount, type Settings } from '@sluice/command-line';
import { readToken } from '../values/read-token.ts';

/** What can be said of the server. */
export interface ServeSettings {
  readonly host?: string;
  readonly port?: number;
  readonly token?: string;
  readonly allowedHost?: readonly string[];
}

/** The options of `serve`, and the keys below `serve:`. */
export const serveSettings: Settings<ServeSettings> = {
  host: { value: 'ADDRESS', help: 'listen on this address (default: 127.0.0.1)' },
  port: {
    value: 'PORT',
    help: 'listen on this port; 0 for any that is free (default: 8080)',
    read: readCount(0, 65_535),
  },
  token: {
    value: 'SECRET',
    help: 'first part of each path (default: the environment variable ACTIVITY_CALENDAR_TOKEN)',
    read: readToken,
  },
  allowedHost: {
    value: 'NAME',
    isList: true,
    help: 'answer to this name too, as a proxy before the server passes it on',
  },
};

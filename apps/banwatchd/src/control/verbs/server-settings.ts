import { parseDuration } from '@sluice/fail2ban-config';
import { parseLogLevel } from '../../log/log-level.ts';
import { badValue } from '../control-fault.ts';
import type { ControlPlane } from '../control-plane.ts';
import { readCount } from '../jail-settings/read-count.ts';
import type { Json } from '../json.ts';

/** A setting of the daemon that `get NAME` shows and `set NAME VALUE` changes. */
export interface ServerSetting {
  get(plane: ControlPlane): Json;
  set(plane: ControlPlane, value: string): void | Promise<void>;
}

const noDatabase = ({ database }: ControlPlane): boolean => database.path === undefined;

/** The settings by name. Without a store those of the database are `null`, and changing them has no effect. */
export const serverSettings: Readonly<Record<string, ServerSetting>> = {
  loglevel: {
    get: ({ log }) => log.level,
    set({ log }, value) {
      const level = parseLogLevel(value);
      if (level === undefined) throw badValue(`Invalid log level '${value.toUpperCase()}'`);
      log.level = level;
    },
  },
  logtarget: {
    get: ({ log }) => log.target.text,
    async set({ log }, value) {
      try {
        await log.setTarget(value);
      } catch (error) {
        log.log('fail2ban.server').error((error as Error).message);
        throw badValue('Failed to change log target');
      }
    },
  },
  syslogsocket: {
    get: ({ log }) => log.syslogSocket,
    async set({ log }, value) {
      try {
        await log.setSyslogSocket(value);
      } catch (error) {
        log.log('fail2ban.server').error((error as Error).message);
        throw badValue('Failed to change syslog socket');
      }
    },
  },
  dbfile: {
    get: ({ database }) => database.path ?? null,
    set({ database }, value) {
      if (value === database.path || (database.path === undefined && value.toLowerCase() === 'none')) return;
      throw badValue('Cannot change database when there are jails present');
    },
  },
  dbmaxmatches: {
    get: (plane) => (noDatabase(plane) ? null : plane.database.maxMatches),
    set(plane, value) {
      if (!noDatabase(plane)) plane.database.maxMatches = readCount(value, 0);
    },
  },
  dbpurgeage: {
    get: (plane) => (noDatabase(plane) ? null : plane.database.purgeAgeMs / 1000),
    set(plane, value) {
      const seconds = parseDuration(value);
      if (seconds < 0) throw badValue(`dbpurgeage must not be negative, as ${value} is`);
      if (!noDatabase(plane)) plane.database.purgeAgeMs = Math.round(seconds * 1000);
    },
  },
};

import { ActivityCalendarError } from '../activity-calendar-error.ts';
import type { ServeOptions } from './serve-options.ts';

const fault = (text: string): never => {
  throw new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_SERVE', text);
};

const isCount = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** Throws an {@link ActivityCalendarError} for what no server can be made of. A secret is not repeated in the message. */
export function checkServeOptions({ host, port, token, maxActivities = 1, allowedHosts = [] }: ServeOptions): void {
  if (typeof host !== 'string' || host === '') fault(`host must be an address or a name, not ${JSON.stringify(host)}`);
  if (!isCount(port, 0, 65_535)) fault(`port must be an integer from 0 to 65535, not ${port}`);
  if (token !== undefined && !/^[\w-]{16,256}$/.test(token))
    fault('token must be 16 to 256 letters, digits, "_" or "-", and this one is not');
  if (!isCount(maxActivities, 1, 10_000_000))
    fault(`maxActivities must be an integer from 1 to 10,000,000, not ${maxActivities}`);
  for (const name of allowedHosts)
    if (typeof name !== 'string' || !/^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(name))
      fault(`allowedHosts must be names without port, as calendar.example.org, not ${JSON.stringify(name)}`);
}

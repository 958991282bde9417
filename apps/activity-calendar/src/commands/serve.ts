import { isIP } from 'node:net';
import { writeAll } from '@sluice/command-line';
import { usageError } from '../command-line/usage-error.ts';
import { calendarOptions } from '../job/calendar-job.ts';
import { startServer } from '../serve/start-server.ts';
import { Reading } from '../sources/reading.ts';
import { readToken } from '../values/read-token.ts';
import type { CommandContext } from './command-context.ts';
import { inSessions } from './in-sessions.ts';
import { statusOf } from './status-of.ts';

const defaultHost = '127.0.0.1';
const defaultPort = 8080;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** The secret of the command line or the file, else of the environment; empty there means none. */
function tokenOf({ job, io }: CommandContext): string | undefined {
  const fromEnvironment = io.env['ACTIVITY_CALENDAR_TOKEN'] ?? '';
  if (job.serve.token !== undefined || fromEnvironment === '') return job.serve.token;
  try {
    return readToken(fromEnvironment);
  } catch (error) {
    throw usageError(`ACTIVITY_CALENDAR_TOKEN ${(error as Error).message}`, 'set another one: openssl rand -hex 16');
  }
}

/** Serves the calendar and its page until stopped. What is added to the sources is served too. */
export async function serve(context: CommandContext): Promise<number> {
  const { job, io, messages, progress } = context;
  const { host = defaultHost, port = defaultPort, allowedHost: allowedHosts = [] } = job.serve;
  const token = tokenOf(context);
  if (token === undefined && !isLoopback(host)) {
    throw usageError(
      `whoever reaches ${host} could read it all`,
      'set ACTIVITY_CALENDAR_TOKEN to a secret for the address',
    );
  }
  const follow = job.run.once !== true;
  const reading = new Reading(job.sources, { follow, signal: io.stop.signal, messages, progress });
  await startServer({
    activities: inSessions(reading.batches(), job.calendar, true),
    host,
    port,
    allowedHosts,
    calendar: calendarOptions(job),
    problems: () => [...job.faults.map(({ message }) => message), ...reading.problems],
    signal: io.stop.signal,
    onListening: (url) => writeAll(io.stdout, `${url}\n`),
    ...(token === undefined ? {} : { token }),
  });
  return statusOf({ ...context, job: { ...job, run: { ...job.run, follow: true } } }, reading);
}

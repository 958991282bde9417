import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ActivityCalendarError } from '../activity-calendar-error.ts';

const cures = new Map([
  ['EADDRINUSE', 'stop what listens there, or give another port (0 for any that is free)'],
  ['EACCES', 'give a port of at least 1024, or the right to use this one'],
  ['EADDRNOTAVAIL', 'give an address of this machine'],
  ['ENOTFOUND', 'give an address of this machine'],
]);

/** Begins to listen; gives the port. Throws an {@link ActivityCalendarError} that says what can be done. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  server.listen({ host: name, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_SERVE', `cannot listen on ${host} port ${port} (${code})`, {
      cure: cures.get(code) ?? 'give another address',
      cause: error,
    });
  }
  return (server.address() as AddressInfo).port;
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import { NodeNetfilterError } from '../node-netfilter-error.ts';

/** Lets go of what was held. */
export type Release = () => Promise<void>;

/**
 * Holds a name that one process at a time can hold: an abstract UNIX socket (unix(7)), which lies in the process's network
 * namespace like the firewall does, and is gone with the process however that ends. It does not keep the process alive.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_IN_USE`
 */
export async function holdName(name: string, table: string): Promise<Release> {
  // Nobody has anything to say there.
  const server = createServer((socket) => socket.destroy());
  server.on('error', () => {});
  try {
    server.listen({ path: `\0${name}` });
    await once(server, 'listening');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      throw new NodeNetfilterError('UNAVAILABLE', `the name of the block list ${table} cannot be held`, { cause });
    }
    throw new NodeNetfilterError('IN_USE', `another process, or this one, drives the block list ${table} already`, {
      cause,
      value: table,
      cure: 'stop that one, or give this one a table of another name',
    });
  }
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

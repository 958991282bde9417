import { isIP } from 'node:net';
import { ValueFault } from '@sluice/command-line';

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:9636`, `[::1]:9636`; `9636` is on this machine only. */
export function readListen(text: string): ListenAddress {
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? '127.0.0.1';
  const port = Number(digits);
  const isHost = isIP(host) !== 0 || (bracketed === undefined && host === 'localhost');
  if (!isHost || !(port <= 65_535)) throw new ValueFault('an address and a port, as 127.0.0.1:9636', text);
  return { host, port };
}

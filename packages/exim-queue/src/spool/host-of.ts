import type { QueueHost } from '../queue-entry.ts';

/** `[ADDRESS]:PORT`, which Exim writes. */
const inBrackets = /^\[([^\]]*)\](?::(\d{1,5}))?$/;
/** `IPV4.PORT` and `IPV6.PORT`, which Exim's manual tells of and older releases wrote. */
const withDot = /^((?:\d{1,3}\.){3}\d{1,3}|[\dA-Fa-f:]*:[\dA-Fa-f:.]*?)\.(\d{1,5})$/;

/**
 * Where a message came from.
 *
 * @param place the value of `-host_address`
 * @param name the value of `-host_name`, or `''`
 * @param helo the value of `-helo_name`, or `''`
 */
export function hostOf(place: string, name: string, helo: string): QueueHost {
  const found = inBrackets.exec(place) ?? withDot.exec(place);
  const port = found?.[2];
  return {
    address: found?.[1] ?? place,
    ...(port !== undefined && { port: Number(port) }),
    ...(name !== '' && { name }),
    ...(helo !== '' && { helo }),
  };
}

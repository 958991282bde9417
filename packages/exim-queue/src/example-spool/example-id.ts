const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: number, length: number): string {
  let text = '';
  let rest = value;
  while (text.length < length) {
    text = digits.charAt(rest % digits.length) + text;
    rest = Math.floor(rest / digits.length);
  }
  return text;
}

/** Ids that a machine makes: of the second, a process, and what is left of the second. */
export type ExampleIds = 'short' | 'long';

/**
 * An id as Exim makes it.
 *
 * @param receivedMs time since the epoch
 * @param process number of the process; ids of the same moment differ by it
 * @param ids `short`: up to Exim 4.96, in steps of 0.5 ms; `long`: from 4.97 on, in microseconds
 */
export function exampleId(receivedMs: number, process: number, ids: ExampleIds): string {
  const seconds = Math.floor(receivedMs / 1000);
  const ms = receivedMs - seconds * 1000;
  const time = base62(seconds, 6);
  if (ids === 'short') return `${time}-${base62(process, 6)}-${base62(Math.floor(ms * 2), 2)}`;
  return `${time}-${base62(process, 11)}-${base62(Math.floor(ms * 1000), 4)}`;
}

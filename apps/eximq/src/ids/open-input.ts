import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';

/**
 * Standard input as text, which ends with an error when the signal aborts. A terminal and a pipe are waited for without a
 * thread: one that waits in `read` would keep the program from ending.
 */
export function openInput(fd: number, signal: AbortSignal): Readable {
  const input = fd === process.stdin.fd ? process.stdin : createReadStream('', { fd, autoClose: false });
  return addAbortSignal(signal, input.setEncoding('utf8'));
}

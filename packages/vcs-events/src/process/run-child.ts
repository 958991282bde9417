import { VcsEventsError } from '../vcs-events-error.ts';
import { type Command, readChild } from './read-child.ts';

const defaultMaxBytes = 64 << 20;

/**
 * A child's whole output as text, for answers that are small. After an abort it is what had come until then.
 *
 * @param maxBytes more than that is an error, `ERR_VCS_EVENTS_TOO_LARGE`; default 64 MiB
 */
export async function runChild(command: Command, signal?: AbortSignal, maxBytes?: number): Promise<string> {
  return (await runChildBytes(command, signal, maxBytes)).toString();
}

/** The same as bytes. */
export async function runChildBytes(
  command: Command,
  signal?: AbortSignal,
  maxBytes: number = defaultMaxBytes,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readChild(command, signal)) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      const fault = `${command.program} wrote more than ${maxBytes} bytes`;
      throw new VcsEventsError('ERR_VCS_EVENTS_TOO_LARGE', fault, { limit: maxBytes });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

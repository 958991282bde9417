import { VcsEventsError } from '../vcs-events-error.ts';
import { type Command, readChild } from './read-child.ts';

/**
 * A child's whole output as text, for answers that are small.
 *
 * @param maxBytes more than that is an error, `ERR_VCS_EVENTS_TOO_LARGE`
 */
export async function runChild(command: Command, signal?: AbortSignal, maxBytes: number = 64 << 20): Promise<string> {
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
  return Buffer.concat(chunks).toString();
}

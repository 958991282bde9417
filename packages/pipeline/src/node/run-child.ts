import { ComponentError } from '../component-error.ts';
import { type Command, readChild } from './read-child.ts';

/** How a whole output is taken. */
export interface RunChildOptions {
  /** Ends the child; what had come until then is the answer. */
  readonly signal?: AbortSignal | undefined;
  /** More than that is an error. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** That error. Default a ComponentError `ERR_PIPELINE_TOO_LARGE`. */
  readonly tooLarge?: (fault: string, maxBytes: number) => Error;
}

const tooLargeError = (fault: string, maxBytes: number): Error =>
  new ComponentError('ERR_PIPELINE_TOO_LARGE', fault, { limit: maxBytes });

/** A child's whole output as text, for answers that are small; fails as {@link readChild} does. */
export async function runChild(command: Command, options: RunChildOptions = {}): Promise<string> {
  return (await runChildBytes(command, options)).toString();
}

/** The same as bytes. */
export async function runChildBytes(command: Command, options: RunChildOptions = {}): Promise<Buffer> {
  const { signal, maxBytes = 64 << 20, tooLarge = tooLargeError } = options;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readChild(command, signal)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(`${command.program} wrote more than ${maxBytes} bytes`, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

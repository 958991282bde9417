import type { ExampleMessage } from './example-message.ts';

/** The body with the line ends that it is to have. */
export function bodyBytes({ body = 'Hello.\n', isWireFormat = false }: ExampleMessage): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length);
  return isWireFormat ? Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1') : bytes;
}

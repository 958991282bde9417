import { IcalSinkError } from '../ical-sink-error.ts';

/**
 * An answer's body; null where there is none.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_CALDAV` when it is larger than `maxBytes`
 */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body) {
    length += piece.length;
    if (length > maxBytes) {
      const fault = `${new URL(response.url).origin} answers more than ${maxBytes} bytes (maxResponseBytes)`;
      throw new IcalSinkError('ERR_ICAL_SINK_CALDAV', fault, { limit: maxBytes });
    }
    pieces.push(piece);
  }
  // These have no body, and it is a fault to give them an empty one.
  if (response.status === 204 || response.status === 205 || response.status === 304) return null;
  const body = new Uint8Array(length);
  let end = 0;
  for (const piece of pieces) {
    body.set(piece, end);
    end += piece.length;
  }
  return body;
}

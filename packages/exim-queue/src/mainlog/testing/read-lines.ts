import type { Reject } from '@sluice/pipeline';
import type { MainlogEvent } from '../mainlog-event.ts';
import { type MainlogChunk, MainlogReader } from '../mainlog-reader.ts';
import type { MainlogOptions } from '../options.ts';

export const id = '1xVJLa-000000005ms-1ML7';
export const shortId = '1xVJLa-0005ku-09';
export const stamp = '2026-11-23 02:01:59';
export const stampMs: number = Date.UTC(2026, 10, 23, 2, 1, 59);

let rejected: Reject[] = [];
const rejects = { next: (reject: Reject): number => rejected.push(reject) };
const utcReader = new MainlogReader({ timeZone: 'utc', rejects });

interface Told {
  readonly events: readonly MainlogEvent[];
  readonly rejects: readonly Reject[];
}

/** Events and rejects of a chunk of a log in UTC. */
export function readChunk(bytes: Uint8Array, parts: Partial<MainlogChunk> = {}, options?: MainlogOptions): Told {
  rejected = [];
  const events: MainlogEvent[] = [];
  const reader = options === undefined ? utcReader : new MainlogReader({ timeZone: 'utc', rejects, ...options });
  const chunk = { source: { id: 'inode-7', path: 'mainlog' }, bytes, offset: 0, ...parts };
  reader.feed(chunk, (event) => events.push(event));
  return { events, rejects: rejected };
}

/** Events and rejects of some lines. */
export function read(lines: string | readonly string[], options?: MainlogOptions): Told {
  return readChunk(Buffer.from([lines].flat().join('\n').concat('\n')), {}, options);
}

/** What a line's text tells, behind time and id. */
export function told(text: string): object {
  const { events, rejects } = read(`${stamp} ${id} ${text}`);
  expect(rejects).toEqual([]);
  const { timeMs, path, offset, id: ofLine, ...rest } = events[0] as MainlogEvent & { id: string };
  expect([events.length, timeMs, path, offset, ofLine]).toEqual([1, stampMs, 'mainlog', 0, id]);
  return rest;
}

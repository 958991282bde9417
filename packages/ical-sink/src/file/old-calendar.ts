import { open } from 'node:fs/promises';
import { IcalSinkError } from '../ical-sink-error.ts';
import { type CalendarBounds, CalendarScanner, type ScannedEvent } from './calendar-scanner.ts';
import { FileChanged } from './file-changed.ts';
import { fileError } from './file-error.ts';
import type { Shard } from './file-names.ts';
import type { PendingEvents } from './pending-events.ts';
import { type FileIdentity, identityOf, isSame, type Target } from './target.ts';

/** An event of an old file that does not stay as it is. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  /** Events of the file before this one. */
  readonly before: number;
  /** What takes its place; undefined for nothing. */
  readonly bytes: Buffer | undefined;
}

/** A calendar file that is there, and what shall change in it. */
export interface OldCalendar extends CalendarBounds {
  readonly shard: Shard;
  readonly target: Target;
  readonly now: FileIdentity;
  readonly size: number;
  readonly events: number;
  readonly edits: readonly Edit[];
  /** Start and end of each event, where the file may have to be cut anew; else empty. */
  readonly places: readonly number[];
}

const initialBytes = 1 << 20;
/** Longest line or event that is read. */
const maxBytes = 256 << 20;

/**
 * Reads a calendar file once and notes what pending events have to change in it.
 *
 * @param isCut whether the places of all events are wanted, 16 bytes each
 * @throws IcalSinkError `ERR_ICAL_SINK_FORMAT`, `ERR_ICAL_SINK_TRUNCATED`, `ERR_ICAL_SINK_TOO_LARGE`, `ERR_ICAL_SINK_FILE`;
 * the reason of `signal` when it aborts
 */
export async function readOldCalendar(
  shard: Shard,
  target: Target & { readonly now: FileIdentity },
  pending: PendingEvents,
  isCut: boolean,
  signal?: AbortSignal,
): Promise<OldCalendar> {
  const edits: Edit[] = [];
  const places: number[] = [];
  let events = 0;
  const scanner = new CalendarScanner(target.path, (event) => {
    const change = changeOf(event, shard.period, pending);
    if (change !== 'stays') edits.push({ start: event.start, end: event.end, before: events, bytes: change });
    if (isCut) places.push(event.start, event.end);
    events += 1;
  });
  const bounds = await scanFile(target.path, scanner, signal);
  const size = Number(target.now.size);
  if (!isSame(target.now, identityOf(target.path))) throw new FileChanged();
  return { ...bounds, shard, target, now: target.now, size, events, edits, places };
}

/** What takes the place of an event: `stays`, new bytes, or nothing. Notes at the pending event what was found. */
function changeOf(event: ScannedEvent, period: string, pending: PendingEvents): Buffer | undefined | 'stays' {
  const next = event.uid === undefined ? undefined : pending.get(event.uid);
  if (next === undefined) return 'stays';
  next.found = true;
  // A second event with the same uid goes: the file has each once from now on.
  if (next.bytes === undefined || next.wasRemoved || next.placed) return undefined;
  if (event.sequence > next.sequence) {
    next.placed = true;
    next.same = true;
    return 'stays';
  }
  const strays = next.strayedAt !== undefined && next.strayedAt >= event.sequence;
  if (strays || next.period !== period) return undefined;
  next.placed = true;
  next.same = event.bytes.equals(next.bytes);
  return next.same ? 'stays' : next.bytes;
}

async function scanFile(path: string, scanner: CalendarScanner, signal?: AbortSignal): Promise<CalendarBounds> {
  try {
    const handle = await open(path, 'r');
    try {
      let buffer: Buffer = Buffer.allocUnsafeSlow(initialBytes);
      let filled = 0;
      let base = 0;
      for (;;) {
        signal?.throwIfAborted();
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, base + filled);
        if (bytesRead === 0) return scanner.finish(buffer.subarray(0, filled), base);
        filled += bytesRead;
        const kept = scanner.scan(buffer.subarray(0, filled), base);
        if (kept === 0 && filled === buffer.length) buffer = grown(buffer, path);
        buffer.copyWithin(0, kept, filled);
        filled -= kept;
        base += kept;
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : fileError(error, path);
  }
}

function grown(buffer: Buffer, file: string): Buffer {
  if (buffer.length >= maxBytes) {
    const fault = `an event or a line of more than ${maxBytes} bytes`;
    throw new IcalSinkError('ERR_ICAL_SINK_TOO_LARGE', fault, { file, limit: maxBytes, cure: 'move the file away' });
  }
  const larger = Buffer.allocUnsafeSlow(buffer.length * 2);
  buffer.copy(larger);
  return larger;
}

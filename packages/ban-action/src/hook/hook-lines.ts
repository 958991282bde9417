import type { BanEvent } from '@sluice/pipeline';
import { eventRecord } from '../events/event-record.ts';

/** The lines that a hook reads: a record each, with a number that an answer can name. */
export const hookLines = (events: readonly BanEvent[], firstSeq: number, includeLines: boolean): string =>
  events.map((event, n) => `${JSON.stringify({ seq: firstSeq + n, ...eventRecord(event, includeLines) })}\n`).join('');

import type { BanEvent } from '@sluice/pipeline';

/**
 * A decision as a line of JSON, for programs in other languages. `version` changes when a field changes its meaning or
 * goes; new fields may come. Times are milliseconds since the epoch; `null` stands for "for ever" and "not so".
 */
export interface EventRecord {
  readonly version: 1;
  readonly kind: BanEvent['kind'];
  readonly jail: string;
  /** The address's text, or the filter's own id. */
  readonly id: string;
  /** Validated; null when the id is no address. */
  readonly address: string | null;
  readonly family: 4 | 6 | null;
  readonly timeMs: number;
  /** When the ban ends; null for one without end, and for an unban. */
  readonly endMs: number | null;
  /** Length of the ban; null as {@link endMs}, and where the event has none. */
  readonly banTimeMs: number | null;
  /** A ban's failures, and which ban of this id it is. */
  readonly failures?: number;
  readonly count?: number;
  /** A ban that is applied again after a restart. */
  readonly restored?: boolean;
  /** An unban's reason. */
  readonly reason?: 'expired' | 'manual';
  /** A ban's last lines, where the receiver asked for them. They come from strangers. */
  readonly matches?: readonly string[];
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** @param includeLines whether the matched lines go with a ban: they may hold what is nobody else's business */
export function eventRecord(event: BanEvent, includeLines: boolean): EventRecord {
  const { kind, jail, id, address, timeMs } = event;
  const subject = { jail, id, address: address?.text ?? null, family: address?.family ?? null, timeMs };
  switch (kind) {
    case 'ban': {
      const { endMs, banTimeMs, failures, count, restored, matches } = event;
      const ban = { endMs: finite(endMs), banTimeMs: finite(banTimeMs), failures, count, restored };
      return { version: 1, kind, ...subject, ...ban, ...(includeLines && { matches }) };
    }
    case 'prolonged': {
      const { endMs, banTimeMs, count } = event;
      return { version: 1, kind, ...subject, endMs: finite(endMs), banTimeMs: finite(banTimeMs), count };
    }
    case 'already-banned':
      return { version: 1, kind, ...subject, endMs: finite(event.endMs), banTimeMs: null };
    case 'unban':
      return { version: 1, kind, ...subject, endMs: null, banTimeMs: null, reason: event.reason };
  }
}

import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@sluice/pipeline';
import { check } from '../check.ts';
import type { CalendarOptions, SinkOptions } from '../options.ts';

/** What a feed is, besides what its calendar says of itself. */
export interface CalendarFeedOptions extends CalendarOptions, Pick<SinkOptions, 'rejects' | 'metrics'> {
  /**
   * First segment of the path that the feed answers at, to be kept secret: 16 to 256 of the characters A-Z, a-z, 0-9, `-`
   * and `_`. See {@link feedToken}. Default none: whoever reaches the server reads the calendar.
   */
  readonly token?: string;
  /** Path of the calendar, after the token. Default `/calendar.ics`. */
  readonly path?: string;
  /** Most events held; beyond it those that ended first are dropped and counted. Default 100,000. */
  readonly maxEvents?: number;
  /** Most bytes of events held, at least 4,096; as `maxEvents`. Default 67,108,864 (64 MiB). */
  readonly maxBytes?: number;
  /** What time it is, for `days` and Last-Modified. Default the machine's clock. */
  readonly clock?: Clock;
}

/** {@link CalendarFeedOptions}, checked and with their defaults. */
export interface FeedSettings {
  readonly token: string | undefined;
  readonly path: string;
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly clock: Clock;
}

/** A new token that nobody guesses: 32 characters, 192 bits. */
export const feedToken = (): string => randomBytes(24).toString('base64url');

/** Checks what is the feed's own; the calendar's options are checked where its head is made. */
export function feedSettings(options: CalendarFeedOptions): FeedSettings {
  const { token, path = '/calendar.ics', clock = systemClock } = options;
  // The value of a bad token is nobody's business: it may be a good one with a line break after it.
  if (token !== undefined && !(typeof token === 'string' && /^[A-Za-z0-9_-]{16,256}$/.test(token)))
    throw check.bad('token', '16 to 256 of the characters A-Z, a-z, 0-9, - and _', 'what was given');
  if (typeof path !== 'string' || !/^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/.test(path))
    throw check.bad('path', 'a path like /calendar.ics of letters, digits, ., _ and -', path);
  return {
    token,
    path,
    maxEvents: check.integer('maxEvents', options.maxEvents, 100_000, 1),
    maxBytes: check.integer('maxBytes', options.maxBytes, 67_108_864, 4096),
    clock,
  };
}

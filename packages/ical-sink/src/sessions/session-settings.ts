import type { Activity } from '@sluice/pipeline';
import { check } from '../check.ts';
import type { SessionOptions } from '../options.ts';

/** {@link SessionOptions}, checked and with their defaults. */
export interface SessionSettings {
  readonly gapMs: number;
  readonly slotMs: number;
  readonly keyOf: (activity: Activity) => string;
  readonly growing: boolean;
  readonly maxOpen: number;
  readonly maxListed: number;
}

const authorOf = ({ author }: Activity): string => (author?.email ?? author?.name ?? '').toLowerCase();

const keys = {
  author: authorOf,
  'author-and-source': (activity: Activity): string => {
    const { kind, id, label } = activity.source;
    return JSON.stringify([authorOf(activity), kind, id, label]);
  },
} as const;

/** Checks the options. @throws IcalSinkError `ERR_ICAL_SINK_OPTION` */
export function sessionSettings(options: SessionOptions): SessionSettings {
  const { by } = options;
  if (options.gapMs === undefined) throw check.bad('gapMs', 'an integer of at least 1', undefined);
  const word = typeof by === 'function' ? 'author' : check.word('by', by, 'author', ['author', 'author-and-source']);
  return {
    gapMs: check.integer('gapMs', options.gapMs, Number.NaN, 1),
    slotMs: check.integer('slotMs', options.slotMs, 300_000, 0),
    keyOf: typeof by === 'function' ? by : keys[word],
    growing: options.growing ?? false,
    maxOpen: check.integer('maxOpen', options.maxOpen, 1000, 1),
    maxListed: check.integer('maxListed', options.maxListed, 100, 1),
  };
}

import { parseDuration, parseTimeMs } from '@sluice/fail2ban-config';
import { badValue } from '../control-fault.ts';
import type { ShownChange } from './jail-setter.ts';
import { ownPlace } from './own-place.ts';
import { readCount } from './read-count.ts';

/** Options that say when and how long somebody is banned. */
export const policyChanges: Readonly<Record<string, ShownChange>> = {
  findtime: {
    change(_, [value = '']) {
      return { findTimeMs: Math.max(0, parseTimeMs(value, ownPlace('findtime'))) };
    },
  },
  bantime: {
    change(_, [value = '']) {
      const seconds = Math.trunc(parseDuration(value, ownPlace('bantime')));
      if (seconds < -1) throw badValue(`bantime must be a time, or -1 for ever, not ${value}`);
      return { banTimeMs: seconds === -1 ? Infinity : seconds * 1000 };
    },
  },
  maxretry: { change: (_, [value = '']) => ({ maxRetry: Math.max(1, readCount(value, 0)) }) },
  maxmatches: { change: (_, [value = '']) => ({ maxMatches: readCount(value, 0) }) },
};

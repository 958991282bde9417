import type { PastBan } from '../state/ban-history.ts';
import type { KeptBan, KeptTally, SeenMark } from '../state/kept-state.ts';
import { Codec } from './codec.ts';

/** A ban that stands, with its place among the jail's bans. Key: jail, id. */
export interface BanRecord extends KeptBan {
  readonly order: number;
}

/** What is counted of an id. Key: jail, id. */
export interface TallyRecord extends KeptTally {
  readonly id: string;
}

/** Up to where a source was counted, and when that was noted. Key: jail, source. */
export interface SeenRecord extends SeenMark {
  readonly source: string;
  readonly notedMs: number;
}

/** The last ban of an id in a jail: fail2ban's table `bips`. Key: id, jail. */
export interface LastRecord extends PastBan {}

/** A ban of the past: fail2ban's table `bans`. Key: id, time, jail. */
export interface PastRecord {
  readonly jail: string;
  readonly timeMs: number;
  readonly failures: number;
  readonly matches: readonly string[];
}

/** What an application keeps beside. Key: name, key. */
export interface NamedRecord {
  readonly key: string;
  readonly value: unknown;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

export const codecs: {
  readonly bans: Codec<BanRecord>;
  readonly tallies: Codec<TallyRecord>;
  readonly seen: Codec<SeenRecord>;
  readonly last: Codec<LastRecord>;
  readonly past: Codec<PastRecord>;
  readonly named: Codec<NamedRecord>;
} = {
  bans: new Codec(
    ({ id, bannedAtMs, endMs, banTimeMs, failures, count, matches, groups, order }) =>
      isText(id) &&
      [bannedAtMs, endMs, banTimeMs, failures, count, order].every(isNumber) &&
      areTexts(matches) &&
      isObject(groups),
    ['endMs', 'banTimeMs'],
  ),
  tallies: new Codec(
    ({ id, firstMs, timeMs, retry, failures, matches }) =>
      isText(id) && [firstMs, timeMs, retry, failures].every(isNumber) && areTexts(matches),
  ),
  seen: new Codec(
    ({ source, offset, ids, notedMs }) => isText(source) && isNumber(offset) && areTexts(ids) && isNumber(notedMs),
  ),
  last: new Codec(({ timeMs, banTimeMs, count }) => [timeMs, banTimeMs, count].every(isNumber), ['banTimeMs']),
  past: new Codec(
    ({ jail, timeMs, failures, matches }) => isText(jail) && [timeMs, failures].every(isNumber) && areTexts(matches),
  ),
  named: new Codec(({ key, value }) => isText(key) && value !== undefined),
};

export const tableNames: readonly string[] = Object.keys(codecs);

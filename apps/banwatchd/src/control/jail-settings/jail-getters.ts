import type { JailConfig } from '@sluice/fail2ban-config';
import type { Json } from '../json.ts';
import type { RunningJail } from '../running-jail.ts';
import { bannedIn } from '../verbs/banned.ts';
import { actionGetters } from './action-getters.ts';
import { banLines } from './ban-lines.ts';
import { banTimeExtra } from './ban-time-extra.ts';
import { datePattern } from './date-pattern.ts';
import { ignoredAddresses } from './ignored-addresses.ts';
import type { JailGetter } from './jail-getter.ts';
import { journalMatchesOf } from './journal-matches.ts';

/** Seconds; `-1` for ever. */
const seconds = (ms: number): number => (ms === Infinity ? -1 : ms / 1000);

const ofConfig = (get: (config: JailConfig) => Json): JailGetter => ({ least: 0, get: ({ config }) => get(config) });

const getters: ReadonlyMap<string, JailGetter> = new Map(
  Object.entries({
    ...actionGetters,
    banned: { least: 0, get: bannedIn },
    banip: { least: 0, get: ({ bans }, [how]) => banLines(bans, how === '--with-time') },
    idle: { least: 0, get: ({ idle }) => idle },
    logpath: { least: 0, get: ({ files }) => files },
    logencoding: ofConfig(({ logEncoding }) => (logEncoding.toLowerCase() === 'auto' ? 'UTF-8' : logEncoding)),
    journalmatch: ofConfig(journalMatchesOf),
    ignoreself: ofConfig(({ ignoreSelf }) => ignoreSelf),
    ignoreip: ofConfig(ignoredAddresses),
    ignorecommand: ofConfig(({ ignoreCommand }) => ignoreCommand ?? ''),
    ignorecache: ofConfig(({ ignoreCache: cache }) =>
      cache ? [cache.key, cache.maxCount, seconds(cache.maxTimeMs)] : null,
    ),
    prefregex: { least: 0, get: ({ regexes }) => regexes.prefRegex ?? '' },
    failregex: { least: 0, get: ({ regexes }) => regexes.failRegex },
    ignoreregex: { least: 0, get: ({ regexes }) => regexes.ignoreRegex },
    usedns: ofConfig(({ useDns }) => useDns),
    findtime: ofConfig(({ findTimeMs }) => seconds(findTimeMs)),
    datepattern: ofConfig(datePattern),
    logtimezone: ofConfig(({ logTimezone }) => logTimezone ?? null),
    maxmatches: ofConfig(({ maxMatches }) => maxMatches),
    maxretry: ofConfig(({ maxRetry }) => maxRetry),
    maxlines: ofConfig(({ maxLines }) => maxLines),
    bantime: ofConfig(({ banTimeMs }) => seconds(banTimeMs)),
  } satisfies Record<string, JailGetter>),
);

/** The options that can be asked for, by name; `bantime.X` for any X. */
export const jailGetters = {
  of(option: string): JailGetter | undefined {
    if (option.startsWith('bantime.')) return ofConfig((config) => banTimeExtra(config, option));
    return getters.get(option);
  },
  names: (): readonly string[] => [...getters.keys()],
};

/** Asks for one option of a jail, without further words. */
export const getOption = (jail: RunningJail, option: string): Json => jailGetters.of(option)?.get(jail, []) ?? null;

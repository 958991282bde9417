import type { JailConfig, Place } from '@sluice/fail2ban-config';

/** Options of a jail, by what a policy calls them in its messages; `bantime.formula` and `.factor` it calls by their names. */
const optionNames: ReadonlyMap<string, string> = new Map([
  ['maxRetry', 'maxretry'],
  ['findTimeMs', 'findtime'],
  ['banTimeMs', 'bantime'],
  ['maxMatches', 'maxmatches'],
  ['increment.maxTimeMs', 'bantime.maxtime'],
  ['increment.rndTimeMs', 'bantime.rndtime'],
  ['increment.multipliers', 'bantime.multipliers'],
  ['ignoreCache.maxCount', 'ignorecache'],
  ['ignoreCache.maxTimeMs', 'ignorecache'],
  ['ignore', 'ignoreip'],
]);

/** Where the setting stands that a policy refuses: its message begins with its name. */
export function policyPlace({ placeOf, place }: JailConfig, { message }: Error): Place {
  const name = message.slice(0, message.indexOf(':'));
  return placeOf?.(optionNames.get(name) ?? name) ?? place;
}

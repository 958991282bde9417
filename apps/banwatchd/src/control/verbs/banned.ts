import type { Json } from '../json.ts';
import type { RunningJail } from '../running-jail.ts';
import type { Verb } from '../verb.ts';

const idsOf = (jail: RunningJail): string[] => [...jail.bans].map(({ id }) => id);

/** `banned [IP…]`: all bans by jail, or the jails that have banned each address. */
export const banned: Verb = ({ plane }, args) => {
  const jails = [...plane.jails.values()];
  if (args.length === 0) return jails.map((jail) => Object.fromEntries([[jail.name, idsOf(jail)]]));
  return args.map((id) => jails.filter((jail) => jail.isBanned(id)).map(({ name }) => name));
};

/** `get JAIL banned [IP…]`: the bans, or for each address whether it is banned; one answer alone is no list. */
export function bannedIn(jail: RunningJail, args: readonly string[]): Json {
  if (args.length === 0) return idsOf(jail);
  const answers = args.map((id) => Number(jail.isBanned(id)));
  return answers.length === 1 ? (answers[0] ?? 0) : answers;
}

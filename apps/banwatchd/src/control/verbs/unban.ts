import { invalidCommand } from '../control-fault.ts';
import type { Verb } from '../verb.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** `unban IP…` and `unban --all`: in all jails; the number of bans that were ended. */
export const unban: Verb = async ({ plane }, args) => {
  if (args.length === 0) throw invalidCommand();
  const jails = [...plane.jails.values()];
  if (args.length === 1 && args[0] === '--all') return sum(await Promise.all(jails.map((jail) => jail.unbanAll())));
  return sum(await Promise.all(jails.map(async (jail) => (await jail.unban(args)).length)));
};

import type { Family } from '../../ruleset/family.ts';
import { malformed } from '../netlink/malformed.ts';
import { familyNumber } from './family-number.ts';

const names = new Map(Object.entries(familyNumber).map(([name, number]) => [number, name as Family]));

/** The family that a message is about. */
export function familyName(number: number | undefined): Family {
  const name = names.get(number ?? 0);
  if (name === undefined) throw malformed(`there is no family ${number}`);
  return name;
}

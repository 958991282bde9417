import { BanPolicyError } from './ban-policy-error.ts';

/** Refuses an option's value: what was expected of which option, and what was given. */
export const expected = (option: string, wanted: string, value: unknown): BanPolicyError =>
  new BanPolicyError('ERR_BAN_POLICY_OPTION', `${option}: expected ${wanted}, not ${String(value)} (${typeof value})`, {
    value,
  });

/** Refuses what is not an integer of at least `least`. */
export function mustCount(option: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least)
    throw expected(option, `an integer of at least ${least}`, value);
}

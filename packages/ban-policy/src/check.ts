import { type OptionCheck, optionCheck } from '@sluice/pipeline';
import { BanPolicyError } from './ban-policy-error.ts';

/** The checks of this package's options; what does not fit is thrown as `ERR_BAN_POLICY_OPTION`. */
export const check: OptionCheck = optionCheck((_, value, option, expected) => {
  const fault = `${option}: expected ${expected}, not ${String(value)} (${typeof value})`;
  return new BanPolicyError('ERR_BAN_POLICY_OPTION', fault, { value });
});

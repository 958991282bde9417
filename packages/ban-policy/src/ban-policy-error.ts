import { ComponentError } from '@sluice/pipeline';

/**
 * Every error of this package. Codes:
 * - `ERR_BAN_POLICY_OPTION`: an option is out of its range or of the wrong type;
 * - `ERR_BAN_POLICY_IGNORE`: an entry of the ignore list reads like an address or network but is none;
 * - `ERR_BAN_POLICY_NAME`: an entry of the ignore list is a host name, and there is no resolver, or it finds no address;
 * - `ERR_BAN_POLICY_FORMULA`: a formula of `increment` cannot be read, or has no result;
 * - `ERR_BAN_POLICY_STORE`: the state could not be read or made durable;
 * - `ERR_BAN_POLICY_STORE_LOCKED`: another process has the state; `value` is its number;
 * - `ERR_BAN_POLICY_STORE_VERSION`: the state is of a newer version, or another program's;
 * - `ERR_BAN_POLICY_STORE_DAMAGED` (to `rejects`): a file was moved aside, or a record passed over;
 * - `ERR_BAN_POLICY_DETACHED`: a policy was used with nobody attached to take its decisions;
 * - `ERR_BAN_POLICY_ATTACHED`: a policy that one stream runs on was given to a second one.
 */
export class BanPolicyError extends ComponentError {
  override readonly name = 'BanPolicyError';
}

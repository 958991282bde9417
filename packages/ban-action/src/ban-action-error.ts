import { ComponentError } from '@sluice/pipeline';

/**
 * Every error of this package. Codes:
 * - `ERR_BAN_ACTION_OPTION`: an option is out of its range or of the wrong type;
 * - `ERR_BAN_ACTION_ADDRESS`: the event has no valid address, and the backend acts on addresses only;
 * - `ERR_BAN_ACTION_MISSING`: a program is not installed;
 * - `ERR_BAN_ACTION_PERMISSION`: the process may not change the firewall;
 * - `ERR_BAN_ACTION_UNSUPPORTED`: the kernel lacks what is asked for;
 * - `ERR_BAN_ACTION_IN_USE`: another process drives the same table;
 * - `ERR_BAN_ACTION_FULL`: the set has no room for the element;
 * - `ERR_BAN_ACTION_TOO_LARGE`: a commit that cannot be made smaller does not fit into the socket's buffer;
 * - `ERR_BAN_ACTION_GONE`: the table is gone and could not be made again;
 * - `ERR_BAN_ACTION_REFUSED`: the kernel or `nft` refused for another reason, which is in the message;
 * - `ERR_BAN_ACTION_FAILED`: a command of an action ended with an error;
 * - `ERR_BAN_ACTION_TIMEOUT`: a command ran longer than it may and was ended;
 * - `ERR_BAN_ACTION_OVERFLOW`: too many events waited, this one was dropped;
 * - `ERR_BAN_ACTION_ABORTED`: the sink was stopped before the event's turn, or in the middle of it;
 * - `ERR_BAN_ACTION_BACKEND`: a backend threw what it must not throw.
 */
export class BanActionError extends ComponentError {
  override readonly name = 'BanActionError';
}

import { ComponentError } from '@sluice/pipeline';

/**
 * What keeps the daemon, or one jail of it, from starting.
 *
 * Codes: `ERR_BANWATCHD_NO_JAIL` (nothing to watch), `ERR_BANWATCHD_NO_FILTER` (a jail without a filter),
 * `ERR_BANWATCHD_NO_LOG` (a jail without a log file), `ERR_BANWATCHD_EXEMPTION` (a jail
 * that exempts somebody in a way that has no effect yet), `ERR_BANWATCHD_SETTING` (a setting that a part of the daemon
 * refuses; `cause` is its error).
 */
export class BanwatchdError extends ComponentError {
  override readonly name: string = 'BanwatchdError';
}

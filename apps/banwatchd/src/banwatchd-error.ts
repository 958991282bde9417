import { ComponentError } from '@sluice/pipeline';

/**
 * What keeps the daemon, one jail of it, or a command to it from being done.
 *
 * Codes of the daemon: `ERR_BANWATCHD_NO_JAIL` (nothing to watch), `_CONFIG` (a configuration that cannot be gone on with),
 * `_BAN_WITH` (a wrong choice or option of what to ban with), `_NO_FILTER` and `_NO_LOG` (a jail without a filter, without a log file), `_SETTING` (a setting that a part of the daemon
 * refuses; `cause` is its error), `_JAIL` (a fault of ours in one jail), `_UNKNOWN_JAIL`, `_UNKNOWN_ACTION`, `_UNKNOWN_PROPERTY`, `_DUPLICATE_JAIL` and `_VALUE`
 * (what a command asks for is not there, there already, or not to be had), `_LOG_TARGET`, `_SOCKET`, `_RUNNING` and
 * `_PID_FILE` (what it cannot write to or listen at). Of its client: `_COMMAND`, `_ARGUMENT`, `_REQUEST`, `_ABSENT`,
 * `_INTERNAL`, `_BACKGROUND`. As rejects: `_FAILURE` and `_CHUNK` (a fault of the daemon itself in what it read).
 */
export class BanwatchdError extends ComponentError {
  override readonly name: string = 'BanwatchdError';
}

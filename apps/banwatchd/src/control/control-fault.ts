import { BanwatchdError } from '../banwatchd-error.ts';
import type { Json } from './json.ts';

/** A command that cannot be done, with the particulars that fail2ban's client shows beside the message. */
export class ControlFault extends BanwatchdError {
  readonly args: readonly Json[];

  constructor(code: string, message: string, args: readonly Json[] = [message]) {
    super(code, message);
    this.args = args;
  }
}

export const unknownJail = (name: string): ControlFault =>
  new ControlFault('ERR_BANWATCHD_UNKNOWN_JAIL', `Sorry but the jail '${name}' does not exist`, [name]);

export const missingArgument = (): ControlFault =>
  new ControlFault('ERR_BANWATCHD_ARGUMENT', 'Sorry but the command is invalid', ['list index out of range']);

export const invalidCommand = (detail = ''): ControlFault =>
  new ControlFault('ERR_BANWATCHD_COMMAND', `Invalid command${detail}`);

/** A value that an option does not take. */
export const badValue = (message: string): ControlFault => new ControlFault('ERR_BANWATCHD_VALUE', message);

export const unknownAction = (name: string): ControlFault =>
  new ControlFault('ERR_BANWATCHD_UNKNOWN_ACTION', `'Invalid Action name: ${name}'`, [`Invalid Action name: ${name}`]);

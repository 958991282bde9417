import type { Place } from '@sluice/fail2ban-config';
import { ComponentError } from '@sluice/pipeline';
import { BanwatchdError } from '../banwatchd-error.ts';

/** Does what a setting asks for; an error that knows no place gets the setting's, which it may tell. */
export function at<T>(place: Place | ((fault: ComponentError) => Place), make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof ComponentError) || cause.file !== undefined) throw cause;
    const { file, line } = typeof place === 'function' ? place(cause) : place;
    throw new BanwatchdError('ERR_BANWATCHD_SETTING', cause.message, { file, line, cause, value: cause.value });
  }
}

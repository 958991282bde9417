import { type OptionCheck, optionCheck } from '@sluice/pipeline';
import { VcsEventsError } from './vcs-events-error.ts';

/** The checks of this package's options; what does not fit is thrown as `ERR_VCS_EVENTS_OPTION`. */
export const check: OptionCheck = optionCheck(
  (fault, value) => new VcsEventsError('ERR_VCS_EVENTS_OPTION', fault, { value }),
);

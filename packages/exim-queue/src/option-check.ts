import { type OptionCheck, optionCheck } from '@sluice/pipeline';
import { EximQueueError } from './exim-queue-error.ts';

/** The checks of this package's options; what does not fit is thrown as `ERR_EXIM_QUEUE_OPTION`. */
export const option: OptionCheck = optionCheck(
  (fault, value) => new EximQueueError('ERR_EXIM_QUEUE_OPTION', fault, { value }),
);

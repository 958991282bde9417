import { type OptionCheck, optionCheck } from '@sluice/pipeline';
import { LogSourceError } from './log-source-error.ts';

/** The checks of this package's options; what does not fit is thrown as `ERR_LOG_SOURCE_OPTION`. */
export const check: OptionCheck = optionCheck(
  (fault, value) => new LogSourceError('ERR_LOG_SOURCE_OPTION', fault, { value }),
);

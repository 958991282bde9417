import { type OptionCheck, optionCheck } from '@sluice/pipeline';
import { MailSourceError } from './mail-source-error.ts';

/** The checks of this package's options; what does not fit is thrown as `ERR_MAIL_SOURCE_OPTION`. */
export const check: OptionCheck = optionCheck(
  (fault, value) => new MailSourceError('ERR_MAIL_SOURCE_OPTION', fault, { value }),
);

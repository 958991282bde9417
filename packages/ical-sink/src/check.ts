import { type OptionCheck, optionCheck } from '@sluice/pipeline';
import { IcalSinkError } from './ical-sink-error.ts';

/** The checks of this package's options; what does not fit is thrown as `ERR_ICAL_SINK_OPTION`. */
export const check: OptionCheck = optionCheck(
  (fault, value) => new IcalSinkError('ERR_ICAL_SINK_OPTION', fault, { value }),
  (min, max) => `of at least ${min} and at most ${max}`,
);

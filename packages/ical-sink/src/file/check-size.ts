import { IcalSinkError } from '../ical-sink-error.ts';
import type { RunContext } from './run-context.ts';

/** Refuses an event that does not fit into a file of its own. @throws IcalSinkError `ERR_ICAL_SINK_TOO_LARGE` */
export function checkSize(length: number, { settings, head, foot }: RunContext): void {
  if (head.length + length + foot.length <= settings.maxBytes) return;
  const fault = `an event of ${length} bytes does not fit into a file of ${settings.maxBytes}`;
  throw new IcalSinkError('ERR_ICAL_SINK_TOO_LARGE', fault, { limit: settings.maxBytes });
}

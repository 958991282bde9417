import { IcalSinkError } from '../ical-sink-error.ts';
import type { TsDav } from './tsdav.ts';

/**
 * Loads tsdav, which only those who push need to have installed.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_MISSING`
 */
export async function loadTsDav(load: () => Promise<TsDav> = () => import('tsdav')): Promise<TsDav> {
  try {
    return await load();
  } catch (cause) {
    throw new IcalSinkError('ERR_ICAL_SINK_MISSING', 'CalDAV needs the package tsdav, which cannot be loaded', {
      cure: 'run: npm install tsdav@^2.3.4',
      cause,
    });
  }
}

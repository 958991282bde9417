import type { CutPlaces } from '@sluice/log-matcher';
import type { DateTemplate } from './date-template.ts';

const order: readonly CutPlaces[] = ['none', 'start', 'words', 'any'];

/** Where dates of some templates may be cut out of lines. */
export function placesOfDates(templates: readonly DateTemplate[]): CutPlaces {
  return templates.reduce<CutPlaces>(
    (most, { cutPlaces }) => (order.indexOf(cutPlaces) > order.indexOf(most) ? cutPlaces : most),
    'none',
  );
}

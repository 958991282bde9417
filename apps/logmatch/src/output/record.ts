import type { LineMatch } from '@sluice/log-matcher';
import type { Place } from '../search/printer.ts';

/** Makes one text, without a break, of a match. */
export type MatchRecord = (place: Place, match: LineMatch) => string;

import { readDuration, ValueFault } from '@sluice/command-line';

/** A bound that is fine to reach and an alert to exceed. */
export interface Limit {
  /** Exceeded: a warning. Absent where only the critical bound was given. */
  readonly warn?: number;
  /** Exceeded: critical. */
  readonly crit: number;
}

/** Of a number of messages. */
export type CountLimit = Limit;
/** Of an age, in ms. */
export type AgeLimit = Limit;
/** Of a part of the messages, in percent. */
export type ShareLimit = Limit;
/** Of a number of messages within some time. */
export interface GrowthLimit extends Limit {
  readonly windowMs: number;
}

function limitOf(text: string, read: (part: string) => number, expected: string): Limit {
  const parts = text.split(',').map(read);
  const [first, second] = parts;
  const isLimit = parts.length <= 2 && first !== undefined && parts.every((value) => Number.isFinite(value));
  if (!isLimit || (second !== undefined && second < first)) throw new ValueFault(expected, text);
  return second === undefined ? { crit: first } : { warn: first, crit: second };
}

const count = (text: string): number => (/^\d{1,12}$/.test(text) ? Number(text) : Number.NaN);

function age(text: string): number {
  try {
    return readDuration(text);
  } catch {
    return Number.NaN;
  }
}

const percent = (text: string): number =>
  /^\d{1,3}(?:\.\d{1,2})?%$/.test(text) ? Number(text.slice(0, -1)) : Number.NaN;

/** `100`, or `100,500`: a warning above the first, critical above the second; one alone is the critical one. */
export const readCountLimit = (text: string): CountLimit => limitOf(text, count, 'a number as 100, or two as 100,500');

/** `3d`, or `1d,3d`. */
export const readAgeLimit = (text: string): AgeLimit => limitOf(text, age, 'an age as 3d, or two as 1d,3d');

/** `50%`, or `30%,50%`. */
export const readShareLimit = (text: string): ShareLimit =>
  limitOf(text, percent, 'a percentage as 50%, or two as 30%,50%');

/** `500/10m`, or `500,2000/10m`. */
export function readGrowthLimit(text: string): GrowthLimit {
  const expected = 'a number and a time as 500/10m, or 500,2000/10m';
  const at = text.lastIndexOf('/');
  const windowMs = age(text.slice(at + 1));
  if (at < 0 || !(windowMs >= 1000)) throw new ValueFault(expected, text);
  return { ...limitOf(text.slice(0, at), count, expected), windowMs };
}

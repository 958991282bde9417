const yearMs = 31_556_952_000;
const yearsAhead = 3;

/**
 * What `%ExY` matches: a year from 2000 to the end of the decade that the third year from now lies in, so that a
 * detector compiled now is right for as long as a daemon runs, and a number of four digits is seldom taken for a year.
 */
export function exactYear(nowMs: number): string {
  const last = Math.max(200, Math.floor((1970 + Math.floor(nowMs / yearMs) + yearsAhead) / 10));
  const decades = Array.from({ length: last - 199 }, (_, index) => String(200 + index));
  const digits = decades.filter((decade) => decade.startsWith('20')).map((decade) => decade.slice(2));
  const later = decades.filter((decade) => !decade.startsWith('20'));
  const early = digits.length === 1 ? `20${digits[0]}` : `20[${digits.join('')}]`;
  const decade = later.length === 0 ? early : `(?:${[early, ...later].join('|')})`;
  return String.raw`(?P<Y>${decade}\d)`;
}

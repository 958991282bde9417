/**
 * Offsets by name, in minutes. North American names as RFC 5322 (4.3) has them; the others are those that mails carry
 * and that mean one offset only. A name that is not here tells nothing, as RFC 5322 says.
 */
const offsets: ReadonlyMap<string, number> = new Map([
  ['UT', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['AST', -240],
  ['ADT', -180],
  ['AKST', -540],
  ['AKDT', -480],
  ['HST', -600],
  ['WET', 0],
  ['WEST', 60],
  ['BST', 60],
  ['CET', 60],
  ['MET', 60],
  ['MEZ', 60],
  ['CEST', 120],
  ['MEST', 120],
  ['MESZ', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['JST', 540],
  ['KST', 540],
  ['AEST', 600],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
]);

/** No place on earth is further from UTC. */
const maxMinutes = 14 * 60;
const usual = /^[+-]\d{4}$/;
const numeric = /^(?:GMT|UTC|UT)?([+-])(\d{2}):?(\d{2})$/;

function minutesOf(isWest: boolean, hours: number, minutes: number): number | undefined {
  const distance = hours * 60 + minutes;
  if (distance > maxMinutes || minutes > 59 || (isWest && distance === 0)) return undefined;
  return isWest ? -distance : distance;
}

/**
 * Minutes east of UTC; undefined when that is not known: a missing or unknown name, `-0000` (RFC 5322, 3.3), a military
 * letter (4.3), an offset that no clock on earth has.
 */
export function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (usual.test(zone)) return minutesOf(zone.charCodeAt(0) === 45, Number(zone.slice(1, 3)), Number(zone.slice(3)));
  const upper = zone.toUpperCase();
  const [, sign, hours, minutes] = numeric.exec(upper) ?? [];
  if (sign === undefined) return offsets.get(upper);
  return minutesOf(sign === '-', Number(hours), Number(minutes));
}

import type { Activity } from '@sluice/pipeline';

const maxUidLength = 1000;

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isTime: Check = (value) => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 8.64e15;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isUid: Check = (value) => isText(value) && value !== '' && (value as string).length <= maxUidLength;
const isSource: Check = (value) => isRecord(value) && isText(value['kind']) && isText(value['id']);
const isAuthor: Check = (value) => isRecord(value) && Object.values(value).every(isText);

const wanted: readonly [name: keyof Activity, isRight: Check, expected: string][] = [
  ['uid', isUid, `a text of 1 to ${maxUidLength} characters`],
  ['source', isSource, 'an object with the texts kind and id'],
  ['startMs', isTime, 'a time in milliseconds since the epoch'],
  ['title', isText, 'a text'],
];
const possible: readonly [name: keyof Activity, isRight: Check, expected: string][] = [
  ['endMs', isTime, 'a time in milliseconds since the epoch'],
  ['tzMinutes', (value) => Number.isInteger(value) && Math.abs(value as number) <= 14 * 60, 'minutes east of UTC'],
  ['recordedMs', isTime, 'a time in milliseconds since the epoch'],
  ['text', isText, 'a text'],
  ['author', isAuthor, 'an object with the texts name and email'],
  ['categories', isTexts, 'a list of texts'],
  ['url', isText, 'a text'],
  ['sequence', (value) => Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number'],
  ['removed', (value) => typeof value === 'boolean', 'true or false'],
];

/** An activity from its JSON, or what is wrong with it, one line. Keys that an activity has not are dropped. */
export function parseActivity(line: string): Activity | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (!isRecord(value)) return 'not an object';
  const found: [string, unknown][] = [];
  // Of what is taken out again only the uid counts.
  const needed = value['removed'] === true ? wanted.slice(0, 1) : wanted;
  for (const [name, isRight, expected] of [...wanted, ...possible]) {
    const given = value[name];
    const isNeeded = needed.some(([each]) => each === name);
    if (given === undefined && !isNeeded) continue;
    if (!isRight(given)) return `${name} must be ${expected}`;
    found.push([name, given]);
  }
  const whole = Object.fromEntries(found);
  return (value['removed'] === true
    ? { startMs: 0, title: '', source: nowhere, ...whole }
    : whole) as unknown as Activity;
}

/** Of what is taken out nobody asks where it was from. */
const nowhere = { kind: 'removed', id: 'removed' } as const;

// Writing 20,000 commits as a calendar, against the libraries that do so: a whole calendar as text from the same fields.
import { CalendarWriter } from '@sluice/ical-sink';
import ICAL from 'ical.js';
import icalGenerator, { ICalEventTransparency } from 'ical-generator';
import { createEvents } from 'ics';
import { generateIcsCalendar } from 'ts-ics';
import { measure } from '../../../tools/bench/measure.mjs';
import { makeCommits } from './commits.mjs';

/** @typedef {import('@sluice/pipeline').Activity} Activity */

const slotMs = 300_000;
const maxOctets = 75;

/** @param {readonly Activity[]} activities */
function ours(activities) {
  const writer = new CalendarWriter({ name: 'commits' });
  const parts = [writer.head()];
  for (const activity of activities) parts.push(writer.event(activity));
  parts.push(writer.foot());
  return parts.join('');
}

/** @param {readonly Activity[]} activities */
function icalGeneratorText(activities) {
  const calendar = icalGenerator({ name: 'commits' });
  for (const { uid, startMs, title, text, categories = [], url } of activities) {
    calendar.createEvent({
      id: uid,
      stamp: new Date(startMs),
      start: new Date(startMs - slotMs),
      end: new Date(startMs),
      summary: title,
      description: text ?? null,
      categories: categories.map((name) => ({ name })),
      url: url ?? null,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}

/** @param {readonly Activity[]} activities */
function icsText(activities) {
  const { error, value } = createEvents(
    activities.map(({ uid, startMs, title, text, categories, url }) => ({
      uid,
      timestamp: startMs,
      start: startMs - slotMs,
      end: startMs,
      title,
      description: text,
      categories: [...(categories ?? [])],
      url,
      transp: 'TRANSPARENT',
      calName: 'commits',
    })),
  );
  if (value === undefined) throw error ?? new Error('ics wrote nothing');
  return value;
}

/** @param {readonly Activity[]} activities */
const tsIcsText = (activities) =>
  generateIcsCalendar({
    prodId: '-//bench//EN',
    version: '2.0',
    name: 'commits',
    events: activities.map(({ uid, startMs, title, text, categories, url }) => ({
      uid,
      stamp: { date: new Date(startMs) },
      start: { date: new Date(startMs - slotMs) },
      end: { date: new Date(startMs) },
      summary: title,
      description: text,
      categories: [...(categories ?? [])],
      url,
      timeTransparent: 'TRANSPARENT',
    })),
  });

/** @param {number} timeMs */
const jCalTime = (timeMs) => `${new Date(timeMs).toISOString().slice(0, 19)}Z`;

/** @param {Activity} activity */
const jCalEvent = ({ uid, startMs, title, text, categories = [], url }) => [
  'vevent',
  [
    ['uid', {}, 'text', uid],
    ['dtstamp', {}, 'date-time', jCalTime(startMs)],
    ['dtstart', {}, 'date-time', jCalTime(startMs - slotMs)],
    ['dtend', {}, 'date-time', jCalTime(startMs)],
    ['summary', {}, 'text', title],
    ['description', {}, 'text', text],
    ['categories', {}, 'text', ...categories],
    ['url', {}, 'uri', url],
    ['transp', {}, 'text', 'TRANSPARENT'],
  ],
  [],
];

/** @param {readonly Activity[]} activities */
const icalJsPerEvent = (activities) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n${activities
    .map((activity) => `${ICAL.stringify(jCalEvent(activity))}\r\n`)
    .join('')}END:VCALENDAR\r\n`;

/** @param {readonly Activity[]} activities */
function icalJsTree(activities) {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//bench//EN');
  for (const { uid, startMs, title, text, categories = [], url } of activities) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', uid);
    event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(new Date(startMs), true));
    event.addPropertyWithValue('dtstart', ICAL.Time.fromJSDate(new Date(startMs - slotMs), true));
    event.addPropertyWithValue('dtend', ICAL.Time.fromJSDate(new Date(startMs), true));
    event.addPropertyWithValue('summary', title);
    event.addPropertyWithValue('description', text);
    event.addPropertyWithValue('categories', categories[0] ?? '');
    event.addPropertyWithValue('url', url);
    event.addPropertyWithValue('transp', 'TRANSPARENT');
    calendar.addSubcomponent(event);
  }
  return calendar.toString();
}

/** @typedef {{ name: string, target: number, write: (activities: readonly Activity[]) => string }} Writer */

/** @type {readonly Writer[]} */
const writers = [
  { name: 'ical-generator 10.2.0', target: 30, write: icalGeneratorText },
  { name: 'ics 3.12.0', target: 30, write: icsText },
  { name: 'ts-ics 2.4.6', target: 1, write: tsIcsText },
  { name: 'ical.js 2.2.1, tree of components', target: 1, write: icalJsTree },
  { name: 'ical.js 2.2.1, ICAL.stringify per event', target: 1, write: icalJsPerEvent },
];

/**
 * @param {Writer['write']} write
 * @param {readonly Activity[]} activities
 */
async function rate(write, activities) {
  let octets = 0;
  const run = await measure(() => {
    octets = write(activities).length;
  }, activities.length);
  if (octets < activities.length * 200) throw new Error(`only ${octets} octets came out`);
  return run;
}

/**
 * Share of lines that RFC 5545 allows, in percent.
 *
 * @param {Writer['write']} write
 * @param {readonly Activity[]} activities
 */
async function shortLines(write, activities) {
  let share = 0;
  const run = await measure(() => {
    const lines = write(activities).split('\r\n');
    const long = lines.filter((line) => line.length * 3 > maxOctets && Buffer.byteLength(line) > maxOctets);
    share = 100 * (1 - long.length / lines.length);
  }, activities.length);
  return { ...run, value: share };
}

/**
 * Warm code for everybody: what is measured is writing, not compiling.
 *
 * @param {Writer['write']} write
 * @param {readonly Activity[]} activities
 */
function warm(write, activities) {
  const untilMs = performance.now() + 1000;
  while (performance.now() < untilMs) write(activities);
}

/** @type {import('../../../tools/bench/types.d.ts').Bench<{ activities: Activity[] }>} */
export default {
  name: 'serializer',
  prepare: async ({ quick }) => {
    const activities = makeCommits(quick ? 1000 : 20_000);
    for (const write of [ours, ...writers.map((writer) => writer.write)]) warm(write, activities.slice(0, 500));
    return { activities };
  },
  measurements: [
    {
      metric: 'events written per CPU second',
      unit: 'events/s',
      better: 'higher',
      target: 30,
      ours: ({ activities }) => rate(ours, activities),
      theirs: writers.map(({ name, target, write }) => ({
        name,
        target,
        available: async () => true,
        run: ({ activities }) => rate(write, activities),
      })),
    },
    {
      metric: 'lines of at most 75 octets',
      unit: '%',
      better: 'higher',
      target: 1,
      ours: ({ activities }) => shortLines(ours, activities),
      theirs: writers.map(({ name, write }) => ({
        name,
        available: async () => true,
        // A share does not need as many events, and some of these take a minute for them.
        run: ({ activities }) => shortLines(write, activities.slice(0, 1000)),
      })),
    },
  ],
};

import { existsSync } from 'node:fs';
import path from 'node:path';
import { CalDavCalendar, CalendarWriter } from '@sluice/ical-sink';
import { createCalendarObject } from 'tsdav';
import { measure } from '../../../tools/bench/measure.mjs';
import { startRadicale } from './radicale.mjs';

const user = { username: 'bench', password: 'bench' };
const headers = { Authorization: `Basic ${Buffer.from('bench:bench').toString('base64')}` };
const hasRadicale = (process.env.PATH ?? '')
  .split(path.delimiter)
  .some((dir) => existsSync(path.join(dir, 'radicale')));

/** A run by the clock: what takes its time is the server, in a process of its own. */
async function byClock(work, count) {
  const { wallMs, cpuMs } = await measure(work, count);
  return { value: count / (wallMs / 1000), wallMs, cpuMs };
}

/** tsdav as its documentation has it: one object after the other, and 412 for what is there. */
async function tsdavPuts({ activities, iCalString }, url) {
  for (const activity of activities) {
    const filename = `${activity.uid.replace('@', '-')}.ics`;
    const response = await createCalendarObject({
      calendar: { url },
      filename,
      iCalString: iCalString(activity),
      headers,
    });
    if (!response.ok && response.status !== 412) throw new Error(`status ${response.status}`);
    await response.text();
  }
}

const open = ({ url }, calendar, create) => CalDavCalendar.open({ url, ...user, calendar, create });

async function pushAll({ activities }, calendar, expected) {
  const outcomes = await calendar.push(activities);
  const other = outcomes.find(({ outcome }) => outcome !== expected);
  if (other !== undefined) throw new Error(`${other.uid} was ${other.outcome}: ${other.error?.message}`);
}

/** A new calendar of the server for each run. */
async function newCalendar(context) {
  context.calendars += 1;
  return open(context, `run ${context.calendars}`, true);
}

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'caldav',
  async prepare({ quick }) {
    const activities = Array.from({ length: quick ? 100 : 500 }, (_, n) => ({
      uid: `${(n * 2_654_435_761).toString(16).padStart(40, '0')}@git`,
      source: { kind: 'git', id: 'git' },
      startMs: Date.UTC(2024, 0, 1) + n * 3_600_000,
      title: `Commit number ${n}: say what is done, and why`,
      text: `Alice Example\n\nCommit number ${n}: say what is done, and why\n\n${'More of it, in a sentence. '.repeat(8)}`,
      categories: ['project'],
    }));
    const writer = new CalendarWriter();
    const iCalString = (activity) => `${writer.head()}${writer.event(activity)}${writer.foot()}`;
    const radicale = await startRadicale(user);
    const context = { url: radicale.url, radicale, activities, iCalString, calendars: 0 };
    const full = await newCalendar(context);
    await full.push(activities);
    const theirs = await newCalendar(context);
    await tsdavPuts(context, theirs.url);
    return { ...context, calendars: context.calendars, full, theirs };
  },
  measurements: [
    {
      metric: 'new events pushed per second',
      unit: 'events/s',
      better: 'higher',
      target: null,
      available: async () => hasRadicale || 'no radicale: install the package radicale',
      ours: async (context) => {
        const calendar = await newCalendar(context);
        return byClock(() => pushAll(context, calendar, 'created'), context.activities.length);
      },
      theirs: {
        name: 'tsdav 2.3.4 (createCalendarObject, one after the other)',
        available: async () => true,
        run: async (context) => {
          const { url } = await newCalendar(context);
          return byClock(() => tsdavPuts(context, url), context.activities.length);
        },
      },
    },
    {
      metric: 'events per second found unchanged by a second push',
      unit: 'events/s',
      better: 'higher',
      target: 3,
      available: async () => hasRadicale || 'no radicale: install the package radicale',
      ours: (context) => byClock(() => pushAll(context, context.full, 'unchanged'), context.activities.length),
      theirs: {
        name: 'tsdav 2.3.4 (createCalendarObject, 412 for each)',
        available: async () => true,
        run: (context) => byClock(() => tsdavPuts(context, context.theirs.url), context.activities.length),
      },
    },
  ],
  cleanup: ({ radicale }) => radicale.stop(),
};

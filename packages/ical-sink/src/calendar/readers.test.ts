import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Activity } from '@sluice/pipeline';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describeWith, program, pythonModule, testWith } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { anyActivity } from '../testing/any-activity.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commits } from '../testing/commit.ts';
import { CalendarWriter } from './calendar-writer.ts';
import { percentEncode } from './percent-encode.ts';
import { sanitizeText } from './sanitize-text.ts';
import { utcTime } from './utc-time.ts';

/** An event as a reader tells of it. */
interface ReadEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string | null;
  readonly start: string;
  readonly end: string | null;
  readonly url: string | null;
}

const temp = tempFolder();
const slotMs = 300_000;
const activities: readonly Activity[] = [
  ...commits(0, 50),
  ...fc
    .sample(anyActivity, { seed: 4, numRuns: 400 })
    .map((activity, n) => ({ ...activity, uid: `${n}-${activity.uid}` })),
];
const writer = new CalendarWriter({ name: 'Readers; all, of them', refreshMs: 3_600_000, color: 'teal' });
const calendar = writer.head() + activities.map((activity) => writer.event(activity)).join('') + writer.foot();

const expected: readonly ReadEvent[] = activities.map(({ uid, title, text, startMs, endMs, url }) => {
  const start = utcTime(endMs === undefined ? startMs - slotMs : startMs) ?? '';
  const end = utcTime(endMs ?? startMs) ?? '';
  return {
    uid: sanitizeText(uid),
    summary: sanitizeText(title).trim() || '(no message)',
    description: text && sanitizeText(text).trim() !== '' ? sanitizeText(text) : null,
    start,
    end: end > start ? end : null,
    url: url ? percentEncode(url) : null,
  };
});

/** What a script in `testdata/` reads. */
function readWith(script: string): { errors: number; events: ReadEvent[] } {
  const file = temp('calendar.ics');
  writeFileSync(file, calendar);
  const path = fileURLToPath(new URL(`../../testdata/${script}`, import.meta.url));
  const output = execFileSync('/usr/bin/python3', [path, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return JSON.parse(output) as { errors: number; events: ReadEvent[] };
}

test('the calendar that all readers get has no fault', () => {
  expect(calendarFaults(calendar)).toEqual([]);
});

test('ical.js reads every event as it was meant', () => {
  const [, , components] = ICAL.parse(calendar) as [string, unknown[], [string, [string, object, string, string][]][]];
  const events = components.map(([, properties]): ReadEvent => {
    const value = (name: string) => properties.find(([one]) => one === name)?.[3] ?? null;
    const time = (name: string) => value(name)?.replaceAll(/[-:]/g, '') ?? null;
    return {
      uid: value('uid') ?? '',
      summary: value('summary') ?? '',
      description: value('description'),
      start: time('dtstart') ?? '',
      end: time('dtend'),
      url: value('url'),
    };
  });
  expect(events).toEqual(expected);
});

describeWith([{ text: 'libical: install the package libical3', isThere: hasLibical() }], 'libical', () => {
  test('reads every event as it was meant, without an error, save for blanks around a text, which it cuts off', () => {
    const trimmed = (event: ReadEvent) => ({
      ...event,
      description: event.description?.replace(/^[ \t]+|[ \t]+$/g, ''),
    });
    const { errors, events } = readWith('read-libical.py');
    expect(errors).toBe(0);
    expect(events.map(trimmed)).toEqual(expected.map(trimmed));
  });
});

testWith([pythonModule('vobject', 'python3-vobject')], 'vobject reads every event as it was meant', () => {
  expect(readWith('read-vobject.py').events).toEqual(expected);
});

testWith(
  [pythonModule('icalendar', 'python3-icalendar')],
  'python-icalendar reads every event as it was meant, save for what it unescapes wrongly',
  () => {
    const { errors, events } = readWith('read-icalendar.py');
    expect(errors).toBe(0);
    // Version 4 unescapes a backslash twice before what could be escaped, and %2C, %3A, %3B, %5C for the characters themselves.
    const isSafe = (event: ReadEvent) =>
      !/\\[nN;,\\]|%(?:2C|3A|3B|5C)/.test(`${event.summary}${event.description}${event.url}`);
    expect(events.filter((_, n) => isSafe(expected[n] as ReadEvent))).toEqual(expected.filter(isSafe));
    expect(expected.filter(isSafe).length).toBeGreaterThan(200);
  },
);

describeWith([program('khal')], 'khal', () => {
  test('imports the same calendar twice as the same events', () => {
    mkdirSync(temp('vdir'));
    writeFileSync(
      temp('config'),
      `[calendars]\n[[test]]\npath = ${temp('vdir')}\n[sqlite]\npath = ${temp('khal.db')}\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\n`,
    );
    // khal takes some seconds for hundreds of events.
    const some =
      writer.head() +
      activities
        .slice(20, 100)
        .map((activity) => writer.event(activity))
        .join('') +
      writer.foot();
    writeFileSync(temp('some.ics'), some);
    const count = (): number => {
      const args = ['-c', temp('config'), 'import', '--batch', '-a', 'test', temp('some.ics')];
      execFileSync('khal', args, { env: { ...process.env, HOME: temp(), LC_ALL: 'C.UTF-8' }, stdio: 'pipe' });
      return readdirSync(temp('vdir')).length;
    };
    expect(count()).toBe(80);
    expect(count()).toBe(80);
    expect(readFileSync(temp('some.ics'), 'utf8')).toBe(some);
  }, 60_000);
});

function hasLibical(): boolean {
  const script = 'import ctypes, ctypes.util; ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")';
  try {
    execFileSync('/usr/bin/python3', ['-c', script], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

import type { Activity } from '@sluice/pipeline';
import fc from 'fast-check';
import { IcalSinkError } from '../ical-sink-error.ts';
import { anyActivity } from '../testing/any-activity.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commit } from '../testing/commit.ts';
import { type EventProperties, readEvents } from '../testing/read-events.ts';
import { CalendarWriter } from './calendar-writer.ts';

const writer = new CalendarWriter();
const event = (activity: Activity, by: CalendarWriter = writer): EventProperties =>
  readEvents(by.event(activity))[0] ?? new Map();

test('writes an event as it stands in the documentation', () => {
  const activity = commit(1, {
    text: 'why',
    url: 'https://example.org/1',
    sequence: 2,
    recordedMs: Date.UTC(2025, 0, 1),
  });
  expect(writer.event(activity).split('\r\n')).toEqual([
    'BEGIN:VEVENT',
    'UID:r1@repository',
    'DTSTAMP:20250101T000000Z',
    'DTSTART:20240101T005500Z',
    'DTEND:20240101T010000Z',
    'SUMMARY:r1 Fix\\; the\\, thing',
    'DESCRIPTION:why',
    'CATEGORIES:project,a\\, b',
    'URL:https://example.org/1',
    'SEQUENCE:2',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    '',
  ]);
});

test('writes head and foot with all that options ask for', () => {
  const full = new CalendarWriter({
    productId: '-//me//mine//EN',
    name: 'Kévin, all',
    color: 'teal',
    url: 'https://example.org/a b.ics',
    refreshMs: 3_600_000,
  });
  expect(`${full.head()}${full.foot()}`.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//me//mine//EN',
    'CALSCALE:GREGORIAN',
    'NAME:Kévin\\, all',
    'X-WR-CALNAME:Kévin\\, all',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'URL:https://example.org/a%20b.ics',
    'COLOR:teal',
    'END:VCALENDAR',
    '',
  ]);
});

describe('times', () => {
  test('an instant becomes the slot before it', () => {
    const written = event(commit(1), new CalendarWriter({ slotMs: 3_600_000 }));
    expect([written.get('DTSTART'), written.get('DTEND')]).toEqual(['20240101T000000Z', '20240101T010000Z']);
  });

  test('an instant without a slot has no end', () => {
    const written = event(commit(1), new CalendarWriter({ slotMs: 0 }));
    expect([written.get('DTSTART'), written.has('DTEND')]).toEqual(['20240101T010000Z', false]);
  });

  test('what has an end of its own keeps it', () => {
    const written = event(commit(1, { endMs: Date.UTC(2024, 0, 3) }));
    expect([written.get('DTSTART'), written.get('DTEND')]).toEqual(['20240101T010000Z', '20240103T000000Z']);
  });

  test.each([0, -1, 400])('an end %i ms after the start is none', (lengthMs) => {
    const activity = commit(1);
    expect(event({ ...activity, endMs: activity.startMs + lengthMs }).has('DTEND')).toBe(false);
  });

  test('DTSTAMP is when it was recorded, else when it was', () => {
    expect(event(commit(1)).get('DTSTAMP')).toBe('20240101T010000Z');
    expect(event(commit(1, { recordedMs: 0 })).get('DTSTAMP')).toBe('19700101T000000Z');
  });

  test('a record date that cannot be written gives way to the activity’s own', () => {
    expect(event(commit(1, { recordedMs: 1e18 })).get('DTSTAMP')).toBe('20240101T010000Z');
  });

  test.each([
    ['a year of five digits', { startMs: Date.UTC(10_000, 0, 1) }],
    ['a slot that begins before the year 0', { startMs: Date.parse('0000-01-01T00:01:00Z') }],
    ['no time', { startMs: Number.NaN }],
    ['an end without end', { endMs: Number.POSITIVE_INFINITY }],
  ])('%s is an error with the code for dates, and the next event is whole', (_, more) => {
    expect(() => writer.event(commit(1, more))).toThrow(
      expect.objectContaining({ name: 'IcalSinkError', code: 'ERR_ICAL_SINK_DATE' }),
    );
    expect(calendarFaults(writer.head() + writer.event(commit(1)) + writer.foot())).toEqual([]);
  });
});

describe('texts', () => {
  test.each(['', ' \t ', '\r\n', '\u0000\u0007'])('an empty title %j becomes (no message)', (title) => {
    expect(event(commit(1, { title })).get('SUMMARY')).toBe('(no message)');
  });

  test('a title is trimmed, a text is not', () => {
    const written = event(commit(1, { title: '  a  ', text: '  b  ' }));
    expect([written.get('SUMMARY'), written.get('DESCRIPTION')]).toEqual(['a', '  b  ']);
  });

  test.each(['', ' \n\t', '\u0000'])('a text %j of nothing to see is none', (text) => {
    expect(event(commit(1, { text })).has('DESCRIPTION')).toBe(false);
  });

  test('a uid is escaped as text', () => {
    expect(event(commit(1, { uid: 'a,b;c@d' })).get('UID')).toBe('a\\,b\\;c@d');
  });

  test.each(['', '\u0001'])('an activity with the uid %j is refused', (uid) => {
    expect(() => writer.event(commit(1, { uid }))).toThrow(expect.objectContaining({ code: 'ERR_ICAL_SINK_UID' }));
  });

  test('empty categories are left out, and so is the property when all are', () => {
    expect(event(commit(1, { categories: ['', 'a', ' '] })).get('CATEGORIES')).toBe('a');
    expect(event(commit(1, { categories: ['', ' '] })).has('CATEGORIES')).toBe(false);
  });

  test('a line break in a URL makes no line', () => {
    const written = event(commit(1, { url: 'https://example.org/\r\nATTENDEE:mailto:x@y' }));
    expect(written.get('URL')).toBe('https://example.org/%0D%0AATTENDEE:mailto:x@y');
  });
});

test('an activity that is removed gives nothing', () => {
  expect(writer.event(commit(1, { removed: true }))).toBe('');
});

test.each(['svn2ical', 'maildir2ical'] as const)(
  '%s: PRODID, PRIORITY and DTSTAMP are those of the original',
  (name) => {
    const compatible = new CalendarWriter({ compatibility: name });
    expect(compatible.head()).toContain(`PRODID:-//${name.toUpperCase()}//kev.coolcavemen.com//\r\n`);
    const written = event(commit(1, { recordedMs: 0 }), compatible);
    expect([written.get('PRIORITY'), written.get('DTSTAMP')]).toEqual(['5', '20240101T005500Z']);
  },
);

test.each([
  [{ slotMs: -1 }, 'slotMs must be an integer of at least 0 and at most 31622400000, not -1'],
  [{ refreshMs: 10 }, 'refreshMs must be an integer of at least 1000 and at most 31622400000, not 10'],
  [{ color: '#fff' }, 'color must be the name of a CSS colour, not "#fff"'],
  [{ url: 'calendar.ics' }, 'url must be an absolute address, not "calendar.ics"'],
  [{ name: '' }, 'name must be a text that is not empty, not ""'],
  [{ compatibility: 'x' }, "compatibility must be 'svn2ical' or 'maildir2ical', not \"x\""],
])('refuses the options %j', (options, message) => {
  expect(() => new CalendarWriter(options as object)).toThrow(new IcalSinkError('ERR_ICAL_SINK_OPTION', message));
});

test('any activities make a calendar without a fault, the same bytes each time', () => {
  fc.assert(
    fc.property(fc.array(anyActivity, { maxLength: 5 }), (activities) => {
      const write = (by: CalendarWriter): string =>
        by.head() + activities.map((activity) => by.event(activity)).join('') + by.foot();
      expect(calendarFaults(write(writer))).toEqual([]);
      expect(write(new CalendarWriter())).toBe(write(writer));
    }),
    { numRuns: 500 },
  );
});

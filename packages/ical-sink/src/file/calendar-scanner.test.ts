import fc from 'fast-check';
import { CalendarScanner, type ScannedEvent } from './calendar-scanner.ts';

const calendar = Buffer.from(
  'BEGIN:VCALENDAR\r\nX-A:b\r\nBEGIN:VEVENT\r\nSEQUENCE:12\r\nUID:on\r\n e@é\r\nBEGIN:VALARM\r\nUID:no\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VTODO\nUID:no\nEND:VTODO\nBEGIN:VEVENT\nUID;A=":":two\n\t-and\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR',
);

/** What a scanner finds in pieces of these lengths, by the rules that its driver keeps. */
function scan(lengths: readonly number[]) {
  const events: (Omit<ScannedEvent, 'bytes'> & { text: string })[] = [];
  const scanner = new CalendarScanner('c.ics', ({ bytes, ...event }) =>
    events.push({ ...event, text: bytes.toString() }),
  );
  let base = 0;
  let end = 0;
  for (const length of [...lengths, calendar.length]) {
    end = Math.min(calendar.length, end + length);
    base += scanner.scan(calendar.subarray(base, end), base);
  }
  return { events, bounds: scanner.finish(calendar.subarray(base), base) };
}

test('finds events with their uids and places', () => {
  const { events, bounds } = scan([]);
  expect(
    events.map(({ uid, sequence, start, end, text }) => [
      uid,
      sequence,
      calendar.subarray(start, end).toString() === text,
    ]),
  ).toEqual([
    ['one@é', 12, true],
    ['two-and', 0, true],
  ]);
  expect(bounds).toEqual({
    headEnd: calendar.indexOf('BEGIN:VEVENT'),
    tailStart: calendar.indexOf('END:VCALENDAR'),
    calendars: 1,
  });
});

test('finds the same in any pieces', () => {
  const whole = scan([]);
  expect(scan(Array.from(calendar, () => 1))).toEqual(whole);
  fc.assert(fc.property(fc.array(fc.nat(40)), (lengths) => expect(scan(lengths)).toEqual(whole)));
});

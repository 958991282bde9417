import { storedEvent } from './stored-event.ts';

const calendar = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): string => calendar('BEGIN:VEVENT', 'UID:1@test', ...lines, 'END:VEVENT');
const ours = event('DTSTAMP:20240101T000000Z', 'DTSTART:20240101T000000Z', 'SUMMARY:a\\, b', 'CATEGORIES:x,y');

test.each([
  ['in another order', event('CATEGORIES:x,y', 'SUMMARY:a\\, b', 'DTSTART:20240101T000000Z')],
  ['at another DTSTAMP', ours.replace('DTSTAMP:2024', 'DTSTAMP:2030')],
  ['with line feeds alone', ours.replaceAll('\r\n', '\n')],
  ['folded elsewhere', ours.replace('SUMMARY:a', 'SUMM\r\n ARY:\r\n\ta')],
  ['with names in lower case', ours.replace('SUMMARY', 'Summary')],
  ['with parameters', ours.replace('DTSTART:', 'DTSTART;VALUE=DATE-TIME;X-A="b:c;d":')],
  ['with escapes that need not be', ours.replace('a\\, b', 'a, b')],
  ['with categories in two lines', ours.replace('CATEGORIES:x,y', 'CATEGORIES:x\r\nCATEGORIES:y')],
  ['with properties of the server', ours.replace('SUMMARY', 'CREATED:20240101T000000Z\r\nX-SERVER:1\r\nSUMMARY')],
  [
    'with an alarm that somebody set',
    ours.replace('END:VEVENT', 'BEGIN:VALARM\r\nDESCRIPTION:x\r\nSUMMARY:x\r\nEND:VALARM\r\nEND:VEVENT'),
  ],
  [
    'after a time zone',
    ours.replace(
      'BEGIN:VEVENT',
      'BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT',
    ),
  ],
  [
    'after an exception of it',
    ours.replace(
      'BEGIN:VEVENT',
      'BEGIN:VEVENT\r\nRECURRENCE-ID:20240101T000000Z\r\nSUMMARY:other\r\nEND:VEVENT\r\nBEGIN:VEVENT',
    ),
  ],
])('an event written %s says the same', (_, text) => {
  expect(storedEvent(text)).toEqual(storedEvent(ours));
});

test.each([
  ['title', ours.replace('a\\, b', 'a\\, c')],
  ['time', ours.replace('DTSTART:2024', 'DTSTART:2023')],
  ['end, which it had not', ours.replace('SUMMARY', 'DTEND:20240102T000000Z\r\nSUMMARY')],
  ['text, which it had not', ours.replace('SUMMARY', 'DESCRIPTION:x\r\nSUMMARY')],
  ['category less', ours.replace(',y', '')],
  ['category made of two', ours.replace('x,y', 'x\\,y')],
  ['sequence', ours.replace('SUMMARY', 'SEQUENCE:1\r\nSUMMARY')],
])('an event with another %s does not', (_, text) => {
  expect(storedEvent(text)).toBeDefined();
  expect(storedEvent(text)).not.toEqual(storedEvent(ours));
});

test('what is no event is none', () => {
  for (const text of ['', 'nonsense', calendar('BEGIN:VTODO', 'SUMMARY:x', 'END:VTODO'), 'BEGIN:VEVENT\r\nSUMMARY:cut'])
    expect(storedEvent(text)).toBeUndefined();
});

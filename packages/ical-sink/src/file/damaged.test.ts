import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { commit, commits } from '../testing/commit.ts';
import { upsert, writeFile } from '../testing/write-file.ts';

const temp = tempFolder();
const file = (): string => temp('a.ics');

/** What `upsert` says of a file with this content; and that it is left alone. */
async function refusal(content: string | Buffer): Promise<{ code: string; message: string; line: number }> {
  writeFileSync(file(), content);
  const error: unknown = await upsert(file(), [commit(1)]).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(readFileSync(file())).toEqual(Buffer.from(content));
  expect(readdirSync(temp())).toEqual(['a.ics']);
  const { code, message, line } = error as { code: string; message: string; line: number };
  return { code, message: message.replace(file(), 'a.ics'), line };
}

test('a calendar that ends within an event is refused, with the line that the event begins at', async () => {
  await writeFile(file(), [commit(1), commit(2, { text: 'a' })]);
  const whole = readFileSync(file(), 'utf8');
  expect(await refusal(whole.slice(0, whole.indexOf('DESCRIPTION:a') + 5))).toEqual({
    code: 'ERR_ICAL_SINK_TRUNCATED',
    message: 'a.ics:16: the file ends within the VEVENT that begins here; restore it from a copy, or move it away',
    line: 16,
  });
  expect(whole.split('\r\n')[15]).toBe('BEGIN:VEVENT');
});

test('a calendar without its end is refused', async () => {
  await writeFile(file(), commits(0, 2));
  const whole = readFileSync(file(), 'utf8');
  expect(await refusal(whole.replace('END:VCALENDAR\r\n', ''))).toMatchObject({
    code: 'ERR_ICAL_SINK_TRUNCATED',
    line: 1,
  });
});

test('a calendar cut anywhere is refused, save before its first byte and in the last line break', async () => {
  await writeFile(file(), [commit(1)]);
  const whole = readFileSync(file());
  const last = whole.length - 2;
  for (let length = 1; length < last; length += 1) {
    expect((await refusal(whole.subarray(0, length))).code).toMatch(/FORMAT|TRUNCATED/);
  }
});

test.each([
  ['text', 'hello\n', 'a.ics:1: is not an iCalendar file; move it away, or choose another path'],
  [
    'another component',
    'BEGIN:VCARD\r\nEND:VCARD\r\n',
    'a.ics:1: is not an iCalendar file; move it away, or choose another path',
  ],
  [
    'an end without a beginning',
    'BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n',
    'a.ics:2: END:VEVENT without its BEGIN; restore it from a copy, or move it away',
  ],
  [
    'ends in the wrong order',
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n',
    'a.ics:3: END:VCALENDAR without its BEGIN; restore it from a copy, or move it away',
  ],
  [
    'something after the end',
    'BEGIN:VCALENDAR\nEND:VCALENDAR\nhello\n',
    'a.ics:3: is not an iCalendar file; move it away, or choose another path',
  ],
  [
    'components without end',
    'BEGIN:VCALENDAR\n'.concat('BEGIN:X\n'.repeat(100)),
    'a.ics:65: is not an iCalendar file; move it away, or choose another path',
  ],
])('%s is refused with file, line and cure', async (_, content, message) => {
  expect((await refusal(content)).message).toBe(message);
});

test('UTF-16 is refused', async () => {
  expect((await refusal(Buffer.from('\ufeffBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', 'utf16le'))).code).toBe(
    'ERR_ICAL_SINK_FORMAT',
  );
});

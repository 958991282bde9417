import fc from 'fast-check';
import { bodyBytes } from '../example-spool/body-bytes.ts';
import { bodyFacts } from '../example-spool/body-facts.ts';
import type { ExampleMessage } from '../example-spool/example-message.ts';
import { headerFile } from '../example-spool/header-file.ts';
import { EximQueueError } from '../exim-queue-error.ts';
import { type SentHeaders, sentHeaders } from './sent-headers.ts';

const id = '1xVJLa-000000005ms-1ML7';
const message: ExampleMessage = {
  receivedMs: Date.UTC(2026, 10, 23),
  sender: 'a@x.test',
  recipients: ['b@y.test', { address: 'c@y.test', notify: ['delay'] }],
  delivered: ['c@y.test'],
  headers: [
    { letter: '*', text: 'From: old@x.test' },
    'From: new@x.test',
    'Subject: one\n  two\n\tthree',
    { letter: '*', text: 'To: secret@y.test' },
    `X-Long: ${'x'.repeat(2000)}`,
    { text: Buffer.from('X-Raw: \xff\xfe', 'latin1') },
  ],
};
const fileOf = (changes: Partial<ExampleMessage> = {}): Buffer => {
  const changed = { ...message, ...changes };
  return Buffer.from(headerFile(changed, id, bodyFacts(bodyBytes(changed))), 'latin1');
};
const read = (file: Buffer): SentHeaders => sentHeaders(file, id);

test('headers that were replaced are left out, the others stay byte for byte', () => {
  const { headers } = read(fileOf());
  expect(headers.toString('latin1').replace(/^Received: (?:.*\n\s)+.*\n/, '')).toBe(
    `From: new@x.test\nSubject: one\n  two\n\tthree\nX-Long: ${'x'.repeat(2000)}\nX-Raw: \xff\xfe\n`,
  );
});

test('the line ends of the body are told by the flag, not by a variable that looks like it', () => {
  const variables = { m_x: 'a\n-spool_file_wireformat\nb' };
  expect(read(fileOf()).isWireFormat).toBe(false);
  expect(read(fileOf({ isWireFormat: true })).isWireFormat).toBe(true);
  expect(read(fileOf({ variables })).isWireFormat).toBe(false);
  const counted = { m_x: 'a\n-body_linecount 1\nb' };
  expect(read(fileOf({ variables: counted, isWireFormat: true })).isWireFormat).toBe(true);
  expect(read(fileOf({ headers: ['X-A: b\n -spool_file_wireformat'] })).isWireFormat).toBe(false);
});

test('a file that is cut anywhere, or changed in a byte, is read or refused as damaged, and nothing else', () => {
  const whole = fileOf();
  const tried = (file: Buffer): void => {
    try {
      expect(read(file).headers.length).toBeLessThanOrEqual(file.length);
    } catch (error) {
      expect(error).toBeInstanceOf(EximQueueError);
      expect(error).toMatchObject({ code: 'ERR_EXIM_QUEUE_DAMAGED' });
    }
  };
  for (let length = 0; length < whole.length; length += 7) tried(whole.subarray(0, length));
  fc.assert(
    fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
      const file = Buffer.from(whole);
      file[at] = byte;
      tried(file);
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => tried(Buffer.from(bytes))));
});

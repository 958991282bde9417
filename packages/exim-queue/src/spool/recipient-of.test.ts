import fc from 'fast-check';
import { recipientLine } from '../example-spool/recipient-line.ts';
import type { QueueRecipient } from '../queue-entry.ts';
import { ByteLines } from './byte-lines.ts';
import { recipientOf } from './recipient-of.ts';

function read(line: string): QueueRecipient | undefined {
  const lines = new ByteLines();
  lines.bytes = Buffer.from(line);
  lines.length = lines.bytes.length;
  return recipientOf(lines, 0, lines.length, new Set());
}

test.each([
  ['a@x.test', 'a@x.test'],
  ['"sp ace"@x.test', '"sp ace"@x.test'],
  ['a@x.test 3', 'a@x.test'],
  ['a@x.test 1,2,3', 'a@x.test'],
  ['a@host1', 'a@host1'],
  ['a@[192.0.2.7]', 'a@[192.0.2.7]'],
  ['"x,1"@y,1', '"x,1"@y,1'],
  ['12345', '12345'],
  ['jürgen@müller.test', 'jürgen@müller.test'],
])('%s is the address %s', (line, address) => {
  expect(read(line)).toEqual({ address, isDelivered: false });
});

test.each([
  ['m2@defer.test  0,0 owner@list.test 15,0#3', { address: 'm2@defer.test', errorsTo: 'owner@list.test' }],
  ['m2@defer.test owner@list.test 15,0#1', { address: 'm2@defer.test', errorsTo: 'owner@list.test' }],
  [
    '"sp ace"@defer.test rfc822;sp+20ace@orig.test 25,8  0,-1#3',
    { address: '"sp ace"@defer.test', originalRecipient: 'rfc822;sp+20ace@orig.test' },
  ],
  ['a@x rfc822;a@y 10,1 "o w"@z 7,-1#3', { address: 'a@x', errorsTo: '"o w"@z', originalRecipient: 'rfc822;a@y' }],
])('the parts of %s are told apart by their lengths', (line, expected) => {
  expect(read(line)).toEqual({ isDelivered: false, ...expected });
});

test.each(['', 'a 99999,0#1', '#3', ' 9,9 9,9#3'])('%j is none', (line) => {
  expect(read(line)).toBeUndefined();
});

test('what Exim would write is read back', () => {
  const local = fc.constantFrom('a', '"sp ace"', '"x#3"', '"1,2"', "o'hara", '"a\\"b"', 'ü');
  const address = fc
    .tuple(local, fc.constantFrom('x.test', 'host1', '[192.0.2.7]', 'müller.test'))
    .map((it) => it.join('@'));
  fc.assert(
    fc.property(
      address,
      fc.option(address, { nil: undefined }),
      fc.option(
        address.map((text) => `rfc822;${text}`),
        { nil: undefined },
      ),
      (it, errorsTo, originalRecipient) => {
        const recipient = {
          address: it,
          ...(errorsTo && { errorsTo }),
          ...(originalRecipient && { originalRecipient }),
        };
        const bytes = Buffer.from(recipientLine(recipient), 'utf8');
        expect(read(bytes.toString('utf8'))).toEqual({ ...recipient, isDelivered: false });
      },
    ),
  );
});

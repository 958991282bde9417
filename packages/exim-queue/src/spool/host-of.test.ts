import { ByteLines } from './byte-lines.ts';
import { hostOf } from './host-of.ts';

test.each([
  ['[192.0.2.7]:4321', { address: '192.0.2.7', port: 4321 }],
  ['[2001:db8::1]:25', { address: '2001:db8::1', port: 25 }],
  ['[192.0.2.7]', { address: '192.0.2.7' }],
  ['192.0.2.7.4321', { address: '192.0.2.7', port: 4321 }],
  ['2001:db8::1.25', { address: '2001:db8::1', port: 25 }],
  ['192.0.2.7', { address: '192.0.2.7' }],
  ['2001:db8::1', { address: '2001:db8::1' }],
  ['[', { address: '[' }],
  ['', { address: '' }],
  [':1', { address: ':1' }],
])('%j', (text, expected) => {
  const lines = new ByteLines();
  lines.bytes = Buffer.from(text);
  expect(hostOf(lines, 0, text.length)).toEqual(expected);
});

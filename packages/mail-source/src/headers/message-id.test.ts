import { parseMessageId } from './message-id.ts';

test.each([
  ['<a@b>', 'a@b'],
  ['  <a@b> (comment)', 'a@b'],
  ['a@b', 'a@b'],
  ['<a b@\u0000c\r\n d>', 'ab@cd'],
  ['text <a@b> <c@d>', 'a@b'],
  [`<${'x'.repeat(998)}>`, 'x'.repeat(998)],
])('of %j it is %j', (value, id) => {
  expect(parseMessageId(value)).toBe(id);
});

test.each(['', '<>', '< >', '\u0007', `<${'x'.repeat(999)}>`])('%j has none', (value) => {
  expect(parseMessageId(value)).toBeUndefined();
});

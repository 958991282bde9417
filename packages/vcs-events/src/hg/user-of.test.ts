import { userOf } from './user-of.ts';

test.each([
  ['Ada Abe <ada@example.org>', 'Ada Abe', 'ada@example.org'],
  ['<ada@example.org>', '', 'ada@example.org'],
  ['Ada <>', 'Ada', ''],
  ['ada', 'ada', ''],
  ['ada@example.org', '', 'ada@example.org'],
  ['', '', ''],
  ['"Abe, \\"A\\" Ada" < ada@x >', 'Abe, "A" Ada', 'ada@x'],
  ['A <b> & C <a@x>', 'A <b> & C', 'a@x'],
  ['A <b> & C', 'A <b> & C', ''],
  ['Ada <ada@x> (work)', 'Ada (work)', 'ada@x'],
  ['Ada <ada@x', 'Ada <ada@x', ''],
  ['Ada ada@x>', 'Ada ada@x>', ''],
  ['>A<', '>A<', ''],
  ['a@b@c', 'a@b@c', ''],
])('%j is the name %j and the address %j', (user, name, email) => {
  expect(userOf(user)).toEqual({ name, email });
});

test('a user of a million brackets takes no long time', () => {
  const user = '<@'.repeat(1e6);
  expect(userOf(user)).toEqual({ name: user, email: '' });
});

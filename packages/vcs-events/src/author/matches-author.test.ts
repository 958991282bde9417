import { matchesAuthor } from './matches-author.ts';

const ada = { name: 'Ada Abe', email: 'ada@example.org' };

describe('matchesAuthor', () => {
  test.each(['ada abe', 'ADA@example.org', 'Ada Abe <ada@example.org>', '*@example.org', 'Ada * <*>'])(
    'knows somebody by %j',
    (pattern) => {
      expect(matchesAuthor([pattern])(ada)).toBe(true);
    },
  );

  test.each(['ada', 'abe', 'example.org', 'a', '.*'])('does not take %j for a part or an expression', (pattern) => {
    expect(matchesAuthor([pattern])(ada)).toBe(false);
  });

  test('any one of several will do, and none of none', () => {
    expect(matchesAuthor(['x', ({ email }) => email.startsWith('ada@')])(ada)).toBe(true);
    expect(matchesAuthor([])(ada)).toBe(false);
  });

  test('a star alone takes everybody who has a name or an address, and not nobody', () => {
    expect(matchesAuthor(['*'])({ name: 'login', email: '' })).toBe(true);
    expect(matchesAuthor(['*'])({ name: '', email: '' })).toBe(false);
  });
});

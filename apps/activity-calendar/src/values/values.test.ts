import { ValueFault } from '@sluice/command-line';
import { readLink } from './read-link.ts';
import { readToken } from './read-token.ts';
import { readWebAddress } from './read-web-address.ts';

test.each<[string, (text: string) => unknown, string[]]>([
  ['a link', readLink, ['https://example.org/', 'ftp://x/{id}', '/{id}', 'javascript:{id}', '{id}']],
  ['a web address', readWebAddress, ['dav.example.org', 'file:///etc', '']],
  [
    'a token',
    readToken,
    ['short', '................', 'a.b.c.d.e.f.g.h.i', 'a/b/c/d/e/f/g/h/i', 'with blanks in it all'],
  ],
])('%s is refused when it is none', (_, read, texts) => {
  for (const text of texts) expect(() => read(text)).toThrow(ValueFault);
});

test('a fault repeats neither a token nor a password', () => {
  expect(() => readToken('geheim')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('geheim') }),
  );
  const address = 'https://me:geheim@example.org/';
  expect(() => readWebAddress(address)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('geheim') }),
  );
});

test('what is right is taken as it is', () => {
  expect(readLink('https://example.org/c/{id}?x=1')).toBe('https://example.org/c/{id}?x=1');
  expect(readWebAddress('http://127.0.0.1:5232/')).toBe('http://127.0.0.1:5232/');
  expect(readToken('0123456789abcdef')).toBe('0123456789abcdef');
});

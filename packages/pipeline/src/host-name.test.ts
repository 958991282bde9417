import { isHostName } from './host-name.ts';

test.each([
  'localhost',
  'example.org',
  'EXAMPLE.ORG.',
  'a-b.x1.c',
  '_dmarc.example.org',
  '4.example',
  `${'a'.repeat(63)}.de`,
])('%s is a host name', (text) => {
  expect(isHostName(text)).toBe(true);
});

test.each([
  ['', 'nothing'],
  ['.', 'only the root'],
  ['a..b', 'an empty label'],
  ['-a.org', 'a label that begins with a hyphen'],
  ['a-.org', 'one that ends with it'],
  ['a b', 'a space'],
  ['a\n', 'a line break'],
  ['ä.org', 'a letter that is not ASCII'],
  ['$(x)', 'signs'],
  ['::1', 'an address'],
  [`${'a'.repeat(64)}.org`, 'a label of 64 characters'],
  [`${'a.'.repeat(126)}ab`, 'a name of 254 characters'],
  ['192.0.2.7', 'an address'],
  ['192.030.0.6', 'an octal octet'],
  ['1.2.3', 'an address in the spelling of inet_aton'],
  ['3232235521', 'the same'],
  ['0x7f.1', 'the same'],
  ['127.0x1', 'the same'],
])('%j is none: %s', (text) => {
  expect(isHostName(text)).toBe(false);
});

test('the longest name has 253 characters, the dot behind it not counted', () => {
  const longest = `${'a.'.repeat(126)}a`;
  expect(longest).toHaveLength(253);
  expect([longest, `${longest}.`].map(isHostName)).toEqual([true, true]);
});

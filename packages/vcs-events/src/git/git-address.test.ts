import { labelOf, parseGitAddress } from './git-address.ts';

describe('parseGitAddress', () => {
  test.each(['/srv/a.git', '.', 'a', './a:b', '../x', '/a:b', 'C'])('%j is a path of this machine', (path) => {
    expect(parseGitAddress(path)).toBeUndefined();
  });

  test.each([
    ['https://example.org/a/sluice.git', 'https'],
    ['http://127.0.0.1:8080/sluice', 'http:https'],
    ['ssh://git@example.org:22/sluice.git', 'ssh'],
    ['git://example.org/sluice.git/', 'git'],
    ['file:///srv/sluice.git', 'file'],
    ['git@example.org:a/sluice.git', 'ssh'],
    ['host:sluice', 'ssh'],
    ['[::1]:sluice.git', 'ssh'],
  ])('%j is an address, for which Git may use %j', (url, protocols) => {
    expect(parseGitAddress(url)).toEqual({ url, protocols, label: 'sluice' });
  });

  test('user and password of http are taken out of the address', () => {
    expect(parseGitAddress('https://me:p%40ss@example.org:8443/r.git')).toEqual({
      url: 'https://example.org:8443/r.git',
      protocols: 'https',
      label: 'r',
      credentials: { origin: 'https://example.org:8443', username: 'me', password: 'p@ss' },
    });
  });

  test.each([
    'ext::sh -c "touch x"',
    'fd::17',
    'ftp://example.org/x',
    'ssh://-oProxyCommand=x/y',
    'ssh://git@%2doProxyCommand=x/y',
    'ssh://-x@host/y',
    '-oProxyCommand=x:y',
    'git@-oProxyCommand=x:y',
    'host:-x',
    'host:',
    'https://a:b%0Ahost=evil@example.org/x',
    'https://exam ple.org/x',
    'https://example.org/x\n',
    'ssh://git:secret@host/x',
    'https://',
  ])('%j is refused', (address) => {
    expect(() => parseGitAddress(address)).toThrow(
      expect.objectContaining({ code: 'ERR_VCS_EVENTS_OPTION', message: expect.not.stringContaining('secret') }),
    );
  });
});

test.each([
  ['/home/me/sluice', 'sluice'],
  ['/home/me/sluice.git/', 'sluice'],
  ['/home/me/sluice/.git', 'sluice'],
  ['/', '/'],
])('the label of %j is %j', (folder, label) => {
  expect(labelOf(folder)).toBe(label);
});

import { fileAddress, labelOf, parseSvnAddress, shown, targetOf } from './svn-address.ts';

test.each([
  'file:///srv/svn',
  'svn://svn.example.org/repos',
  'svn+ssh://me@svn.example.org/repos',
  'http://example.org/svn/a%20b',
  'https://example.org:8443/svn/',
  'HTTPS://example.org/svn',
])('%s is an address', (address) => {
  expect(parseSvnAddress(address)).toBe(address);
});

test.each(['/srv/svn', 'repos', './a:b', 'C:\\svn', 'host:path'])('%s is a path', (path) => {
  expect(parseSvnAddress(path)).toBeUndefined();
});

test.each([
  '-r1',
  '--config-option=x',
  'svn+rsh://example.org/repos',
  'svn+evil://example.org/repos',
  'ftp://example.org/',
  'ext::sh -c touch% /tmp/x',
  'svn+ssh://-oProxyCommand=x/repos',
  'svn+ssh://-oProxyCommand=x@host/repos',
  'svn+ssh://%2DoProxyCommand=x/repos',
  'https://me:secret@example.org/svn',
  'http://exa mple.org/',
  'svn://example.org/a\nb',
])('%s is refused, or is no address', (address) => {
  let parsed: string | undefined;
  try {
    parsed = parseSvnAddress(address);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_VCS_EVENTS_OPTION' });
    expect(String(error)).not.toContain('secret');
  }
  expect(parsed).toBeUndefined();
});

test('an @ never begins a peg revision', () => {
  expect(targetOf('file:///srv/a@5')).toBe('file:///srv/a@5@');
  expect(targetOf('file:///srv/a/')).toBe('file:///srv/a@');
  expect(targetOf('svn://example.org')).toBe('svn://example.org/@');
});

test('a folder becomes an address in ASCII', () => {
  expect(fileAddress('/srv/é 100% #1')).toBe('file:///srv/%C3%A9%20100%25%20%231');
});

test('names a repository by the last part of its address', () => {
  expect(labelOf('https://me@example.org/svn/a%20b/')).toBe('a b');
  expect(labelOf('svn://example.org')).toBe('example.org');
  expect(labelOf('/srv/svn/project')).toBe('project');
});

test('shows no user', () => {
  expect(shown('svn+ssh://me@example.org/x@y')).toBe('svn+ssh://example.org/x@y');
});

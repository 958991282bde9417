import { hostCheck } from './host-check.ts';

const allowed = (host: string, allowedHosts: readonly string[], headers: readonly (string | undefined)[]): boolean[] =>
  headers.map(hostCheck(host, allowedHosts));

test('on loopback only its own names are answered to, whatever the port', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]', '127.0.0.53']) {
    expect(allowed(host, [], ['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '[::1]:8080', '[::1]'])).not.toContain(
      false,
    );
    const strangers = [
      undefined,
      '',
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil.example:8080',
    ];
    expect(allowed(host, [], strangers)).not.toContain(true);
    expect(allowed(host, [], ['localhost:x', '[::1', 'a b', '@localhost', 'localhost:80:80'])).not.toContain(true);
  }
});

test('a proxy’s name is answered to when it is allowed', () => {
  expect(allowed('127.0.0.1', ['Calendar.example.org'], ['calendar.example.org', 'localhost', 'example.org'])).toEqual([
    true,
    true,
    false,
  ]);
});

test('elsewhere every name is answered to, unless some are given', () => {
  expect(allowed('0.0.0.0', [], ['calendar.example.org', '192.0.2.1:8080', undefined])).toEqual([true, true, false]);
  expect(allowed('192.0.2.1', ['a.example'], ['a.example', '192.0.2.1', 'b.example'])).toEqual([true, true, false]);
  expect(allowed('2001:db8::1', ['a.example'], ['[2001:db8::1]:80', '[2001:db8::2]:80'])).toEqual([true, false]);
});

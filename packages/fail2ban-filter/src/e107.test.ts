import type { UseDns } from '@sluice/fail2ban-config';
import { fixedClock, type Reject } from '@sluice/pipeline';
import { compileFilter } from './compile-filter.ts';
import { type AccessLine, accessLine, accessTimeMs, e107Filter } from './testing/e107.ts';

function ask(parts: AccessLine, useDns: UseDns = 'warn') {
  const rejects: Reject[] = [];
  const filter = compileFilter(e107Filter, {
    useDns,
    clock: fixedClock(accessTimeMs),
    rejects: { next: (reject) => rejects.push(reject) },
  });
  return { failure: filter.processLine(accessLine(parts)), rejects };
}

describe('the filter of 2010', () => {
  test.each<[number, AccessLine]>([
    [0, { request: 'GET /e107/help_us.php HTTP/1.1' }],
    [0, { request: 'POST /contact.php HTTP/1.0' }],
    [0, { request: 'GET /a/*.php HTTP/1.1' }],
    [1, { agent: 'Casper Bot Search' }],
    [1, { agent: 'x dex Bot Search' }],
    [2, { agent: 'MaMa CaSpEr' }],
    [3, { agent: 'rk q kangen' }],
    [4, { agent: 'Mozilla/4.76 [ru] (X11; U; SunOS 5.7 sun4u)' }],
    [5, { agent: 'perl post' }],
  ])('rule %i finds %j, with the client, the time and the whole line', (pattern, parts) => {
    const { failure } = ask(parts);
    expect(failure).toMatchObject({
      pattern,
      id: '6.6.6.6',
      address: { text: '6.6.6.6', family: 4 },
      timeMs: accessTimeMs,
      line: accessLine(parts),
    });
  });

  test.each<AccessLine>([
    {},
    { request: 'HEAD /contact.php HTTP/1.1' },
    { request: 'GET /contactXphp HTTP/1.1' },
    { agent: 'mama casper' },
    { user: 'bob', request: 'GET /help_us.php HTTP/1.1' },
  ])('lets %j pass', (parts) => {
    expect(ask(parts)).toEqual({ failure: undefined, rejects: [] });
  });

  test.each<[string, AccessLine]>([
    ['an IPv6 client', { host: '2001:DB8::7', agent: 'perl post' }],
    ['a client behind a name of a virtual host', { host: 'www.example.org:80 2001:db8::7', agent: 'perl post' }],
  ])('finds %s', (_, parts) => {
    expect(ask(parts).failure?.id).toBe('2001:db8::7');
  });

  test('takes the first rule that matches', () => {
    expect(ask({ request: 'GET /config.php HTTP/1.1', agent: 'perl post' }).failure?.pattern).toBe(0);
  });

  test.each(['request', 'referer', 'agent'])('keeps to the client when the %s names another address', (field) => {
    expect(ask({ [field]: 'GET /9.9.9.9 - - MaMa CaSpEr' }).failure?.id).toBe('6.6.6.6');
  });

  test.each<[string, AccessLine]>([
    ['9.9.9.9', { user: 'x', request: 'GET /9.9.9.9 - - MaMa CaSpEr HTTP/1.1' }],
    ['2001:db8::99', { user: 'x', agent: '2001:db8::99 - - perl post' }],
  ])('takes the leftmost match, so a logged-in attacker has %s banned', (id, parts) => {
    expect(ask(parts).failure?.id).toBe(id);
  });

  test('counts a name for nobody, and says so unless names are out', () => {
    const parts = { user: 'x', agent: 'localhost - - perl post' };
    expect(ask(parts, 'warn')).toMatchObject({
      failure: undefined,
      rejects: [{ component: 'fail2ban-filter', code: 'ERR_FAIL2BAN_FILTER_NAME', value: 'localhost', offset: 0 }],
    });
    expect(ask(parts, 'no')).toEqual({ failure: undefined, rejects: [] });
  });

  test.each<AccessLine>([{ referer: 'http://example.org/contact.php' }, { agent: 'GET /contact.php' }])(
    'has the false positive %j, as in fail2ban',
    (parts) => {
      expect(ask({ request: 'GET / HTTP/1.1', ...parts }).failure).toMatchObject({ id: '6.6.6.6', pattern: 0 });
    },
  );

  test.each(['999.1.1.1', '192.030.0.6'])('never makes a failure of %s', (host) => {
    expect(ask({ host, agent: 'perl post' })).toMatchObject({
      failure: undefined,
      rejects: [{ code: 'ERR_FAIL2BAN_FILTER_ADDRESS', path: '<line>', offset: 0, value: host }],
    });
  });
});

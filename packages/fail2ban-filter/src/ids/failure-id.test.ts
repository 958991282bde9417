import { failureId } from './failure-id.ts';
import { mergeGroups } from './merge-groups.ts';

describe('failureId', () => {
  test.each([
    [{ ip4: '192.0.2.7' }, { id: '192.0.2.7', address: { text: '192.0.2.7', family: 4 } }],
    [{ ip6: '2001:DB8:0::7' }, { id: '2001:db8::7', address: { text: '2001:db8::7', family: 6 } }],
    [{ ip6: '::ffff:c000:207' }, { id: '192.0.2.7', address: { text: '192.0.2.7', family: 4 } }],
    [{ dns: '192.0.2.7' }, { id: '192.0.2.7', address: { text: '192.0.2.7', family: 4 } }],
    [{ ip4: '192.0.2.7', cidr: '24' }, { id: '192.0.2.0/24' }],
    [
      { ip4: '192.0.2.7', cidr: '32' },
      { id: '192.0.2.7', address: { text: '192.0.2.7', family: 4 } },
    ],
    [{ ip4: '192.0.2.7', cidr: '0' }, { id: '0.0.0.0/0' }],
    [{ ip6: '2001:db8:ffff:ffff::7', cidr: '33' }, { id: '2001:db8:8000::/33' }],
    [{ ip6: '::7', cidr: '127' }, { id: '::6/127' }],
    [{ fid: 'session 7' }, { id: 'session 7' }],
    [{ fid: '2001:DB8::/32' }, { id: '2001:db8::/32' }],
    [{ fid: '10.1.2.3/255.0.0.0' }, { id: '10.0.0.0/8' }],
    [{ fid: '/a/b' }, { id: '/a/b' }],
    [{ fid: 'aa:bb:cc:dd:ee:ff' }, { id: 'aa:bb:cc:dd:ee:ff' }],
    [{ fid: '192.0.2.7', ip4: '192.0.2.7', cidr: '24' }, { id: '192.0.2.0/24' }],
    [
      { fid: '[2001:DB8::7]', ip4: '192.0.2.7' },
      { id: '2001:db8::7', address: { text: '192.0.2.7', family: 4 } },
    ],
    [{ fid: '192.0.2.7' }, { id: '192.0.2.7', address: { text: '192.0.2.7', family: 4 } }],
    [
      { fid: 'bob', ip4: '192.0.2.7' },
      { id: 'bob', address: { text: '192.0.2.7', family: 4 } },
    ],
    [{ fid: 'bob', ip4: '999.1.1.1' }, { id: 'bob' }],
    [
      { fid: '', ip4: '', ip6: '2001:db8::7' },
      { id: '2001:db8::7', address: { text: '2001:db8::7', family: 6 } },
    ],
  ])('of %j is %j', (groups, expected) => {
    expect(failureId(groups, 'warn')).toEqual({ kind: 'id', ...expected });
  });

  test.each([
    [{ ip4: '999.1.1.1' }, 'ERR_FAIL2BAN_FILTER_ADDRESS', '999.1.1.1'],
    [{ ip4: '192.030.0.6' }, 'ERR_FAIL2BAN_FILTER_ADDRESS', '192.030.0.6'],
    [{ fid: 'x'.repeat(1001) }, 'ERR_FAIL2BAN_FILTER_LONG_ID', 'x'.repeat(1001)],
    [{ fid: '999.1.1.1' }, 'ERR_FAIL2BAN_FILTER_ADDRESS', '999.1.1.1'],
    [{ fid: '192.030.0.6', ip4: '192.0.2.7' }, 'ERR_FAIL2BAN_FILTER_ADDRESS', '192.030.0.6'],
    [{ fid: '192.0.2.1/33x' }, 'ERR_FAIL2BAN_FILTER_ADDRESS', '192.0.2.1/33x'],
    [{ ip6: 'dead:beef' }, 'ERR_FAIL2BAN_FILTER_ADDRESS', 'dead:beef'],
    [{ ip4: '192.0.2.7', cidr: '33' }, 'ERR_FAIL2BAN_FILTER_ADDRESS', '192.0.2.7/33'],
    [{ fid: 'bob', dns: '1.2.3' }, 'ERR_FAIL2BAN_FILTER_NAME', '1.2.3'],
    [{ dns: '1.2.3' }, 'ERR_FAIL2BAN_FILTER_NAME', '1.2.3'],
    [{ dns: 'ex^ample' }, 'ERR_FAIL2BAN_FILTER_NAME', 'ex^ample'],
    [{ ip4: '', dns: '' }, 'ERR_FAIL2BAN_FILTER_NO_VALUE', ''],
    [{}, 'ERR_FAIL2BAN_FILTER_NO_VALUE', ''],
  ])('of %j is none: %s', (groups, code, value) => {
    expect(failureId(groups, 'warn')).toMatchObject({ kind: 'reject', code, value });
  });

  test.each(['yes', 'warn'] as const)('is a host name to be looked up with usedns = %s', (useDns) => {
    expect(failureId({ dns: 'example.org' }, useDns)).toEqual({ kind: 'name', hostName: 'example.org' });
  });

  test('is a host name itself only when asked for raw', () => {
    expect(failureId({ fid: 'bob', dns: 'example.org' }, 'raw')).toEqual({ kind: 'id', id: 'bob' });
    expect(failureId({ dns: 'x'.repeat(1001) }, 'raw')).toMatchObject({ code: 'ERR_FAIL2BAN_FILTER_LONG_ID' });
    expect(failureId({ dns: 'example.org' }, 'raw')).toEqual({ kind: 'id', id: 'example.org' });
    expect(failureId({ dns: 'example.org' }, 'no')).toMatchObject({ kind: 'reject' });
  });
});

describe('mergeGroups', () => {
  test.each([
    [{ alt_user: 'a' }, { alt_user: 'a', user: 'a' }],
    [
      { user: '', alt_user_1: '', alt_user_2: 'b', alt_user_3: 'c' },
      { user: 'b', alt_user_1: '', alt_user_2: 'b', alt_user_3: 'c' },
    ],
    [
      { user: 'u', alt_user: 'a' },
      { user: 'u', alt_user: 'a' },
    ],
    [
      { user: 'u', tuple_user: "it's", tuple_user_2: '"\'\n\\' },
      { user: `('u', "it's", '"\\'\\n\\\\')`, tuple_user: "it's", tuple_user_2: '"\'\n\\' },
    ],
    [
      { alt_port: '22', alt_id: 'x' },
      { alt_port: '22', fport: '22', alt_id: 'x', fid: 'x' },
    ],
    [{ alt_user1: 'a' }, { alt_user1: 'a', user1: 'a' }],
    [
      { tuple_id: 'a', tuple_id_1: 'b' },
      { tuple_id: 'a', tuple_id_1: 'b', fid: "(None, 'a', 'b')" },
    ],
  ])('%j becomes %j', (groups, expected) => {
    expect({ ...mergeGroups(groups) }).toEqual(expected);
  });

  test('has no prototype to be confused with', () => {
    expect(mergeGroups(JSON.parse('{"__proto__":"x"}'))).toEqual(
      Object.assign(Object.create(null), { ['__proto__']: 'x' }),
    );
  });
});

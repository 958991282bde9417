import { parseAddress } from '@sluice/pipeline';
import { IgnoreList } from './ignore-list.ts';

const of = (text: string): { id: string; address?: NonNullable<ReturnType<typeof parseAddress>> } => {
  const address = parseAddress(text);
  return address === undefined ? { id: text } : { id: text, address };
};

describe('IgnoreList', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.8'],
    ['10.0.0.0/8', '10.255.0.1', '11.0.0.1'],
    ['172.16.0.0/255.240.0.0', '172.31.0.1', '172.32.0.1'],
    ['2001:db8::/32', '2001:db8:ffff::1', '2001:db9::1'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.8'],
    ['session-17', 'session-17', 'session-18'],
    ['localhost', '127.0.0.53', '128.0.0.1'],
  ])('%s holds %s and not %s', (entry, inside, outside) => {
    const list = new IgnoreList([entry]);
    expect(list.has(of(inside))).toBe(true);
    expect(list.has(of(outside))).toBe(false);
  });

  test('knows localhost without a resolver, so that it leaves nothing unresolved', () => {
    const list = new IgnoreList(['localhost']);
    expect([list.has(of('::1')), list.unresolved]).toEqual([true, []]);
  });

  test('protects an allowed address whether the filter counts by it or by an id of its own', () => {
    const list = new IgnoreList(['10.0.0.0/8', 'root']);
    const address = { text: '10.0.0.1', family: 4 } as const;
    const stranger = { text: '203.0.113.1', family: 4 } as const;
    expect(list.has({ id: 'alice', address })).toBe(true);
    expect(list.has({ id: 'root', address: stranger })).toBe(true);
    expect(list.has({ id: '10.0.0.9', address: stranger })).toBe(true);
    expect(list.has({ id: 'alice', address: stranger })).toBe(false);
  });

  test.each(['10.0.0.0/33', '999.1.1.1', '10.0.0.0/255.0.255.0', '2001:db8::/129', '1.2.3', '10.0.0.0/x'])(
    'refuses %s, which protects nobody',
    (entry) => {
      expect(() => new IgnoreList([entry])).toThrow(
        expect.objectContaining({ code: 'ERR_BAN_POLICY_IGNORE', value: entry }),
      );
    },
  );

  test.each(['office.example.com', 'office'])('says that %s is not resolved without a resolver', (entry) => {
    const list = new IgnoreList(['203.0.113.7', entry]);
    expect(list.unresolved).toEqual([expect.objectContaining({ code: 'ERR_BAN_POLICY_NAME', value: entry })]);
    expect(list.unresolved[0]?.message).toMatch(/; give a resolver, or write the addresses themselves$/);
    expect(list.has(of('203.0.113.7'))).toBe(true);
  });

  test('takes an id that cannot be a host name without a word', () => {
    expect(new IgnoreList(['user@example', 'a b', 'x_y']).unresolved).toEqual([]);
  });
});

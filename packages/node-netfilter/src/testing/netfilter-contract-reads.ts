import { setTimeout as sleep } from 'node:timers/promises';
import {
  add,
  addSet,
  addTable,
  type ContractScene,
  failure,
  flows,
  hosts,
  networks,
  table,
} from './netfilter-contract-scene.ts';

const elsewhere = { ...table, table: 'elsewhere' };

/** What is read. */
export function readTests(scene: ContractScene): void {
  const { netfilter, namespace } = scene;

  test('reads what others have made', async () => {
    namespace().run(
      'nft',
      `
      add table inet contract
      add table ip6 second { flags dormant; }
      add chain inet contract plain
      add chain inet contract ban { type filter hook input priority -10; policy drop; }
      add chain inet contract early { type filter hook ingress device "lo" priority 5; }
      add rule inet contract ban ip saddr { 192.0.2.1, 192.0.2.2 } counter accept comment "some ones"
      add rule inet contract plain log prefix "x" drop
      add set inet contract hosts { type ipv4_addr; flags timeout; size 70; counter; }
      add set inet contract flows { type ipv6_addr . inet_proto . inet_service; }
      add set inet contract links { type ether_addr; }
      add counter inet contract denied { packets 3 bytes 4 }
      `.replaceAll('\n', ';'),
    );
    const handle = expect.any(BigInt);
    expect(await netfilter().tables()).toEqual([
      { ...table, flags: [], handle },
      { family: 'ip6', table: 'second', flags: ['dormant'], handle },
    ]);
    expect(await netfilter().chains(table)).toEqual([
      { ...table, chain: 'plain', handle },
      { ...table, chain: 'ban', base: { type: 'filter', hook: 'input', priority: -10, policy: 'drop' }, handle },
      {
        ...table,
        chain: 'early',
        base: { type: 'filter', hook: 'ingress', priority: 5, devices: ['lo'], policy: 'accept' },
        handle,
      },
    ]);
    const rules = await netfilter().rules(table);
    expect(rules).toHaveLength(2);
    expect(rules).toContainEqual({ ...table, chain: 'ban', comment: 'some ones', handle });
    expect(rules).toContainEqual({ ...table, chain: 'plain', handle });
    const sets = (await netfilter().sets(table)).filter(({ set }) => !set.startsWith('__'));
    // How many there are is told by some kernels, and by netlink only.
    expect(sets.map(({ elementCount, ...set }) => set)).toEqual([
      { ...hosts, maxElements: 70, counters: true, handle },
      { ...flows, flags: [], handle },
      { ...table, set: 'links', key: [], flags: [], handle },
    ]);
    expect(await netfilter().counter({ ...table, counter: 'denied' })).toEqual({
      ...table,
      counter: 'denied',
      packets: 3n,
      bytes: 4n,
    });
  });

  test('the handle of a thing is that which nft says, and stays', async () => {
    await netfilter().commit([addTable, addSet(hosts)]);
    const [set] = await netfilter().sets(table);
    expect(namespace().run('nft', '-a', 'list', 'sets')).toContain(`set hosts { # handle ${set?.handle}\n`);
    await netfilter().commit([{ kind: 'delete-set', set: hosts }, addSet(hosts)]);
    expect((await netfilter().sets(table))[0]?.handle).not.toBe(set?.handle);
  });

  test('reads elements with their times and comments', async () => {
    await netfilter().commit([
      addTable,
      addSet(hosts),
      add(
        hosts,
        { key: '192.0.2.1', timeoutMs: 60_000, comment: 'sshd' },
        { key: '192.0.2.2', comment: 'ä – timeout 5s expires 4s' },
        { key: '192.0.2.3', timeoutMs: 5_000_000_000 },
        '192.0.2.4',
      ),
    ]);
    const expiresInMs = expect.any(Number);
    const elements = (await netfilter().elements(hosts)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(elements).toEqual([
      { key: '192.0.2.1', timeoutMs: 60_000, expiresInMs, comment: 'sshd' },
      { key: '192.0.2.2', comment: 'ä – timeout 5s expires 4s' },
      { key: '192.0.2.3', timeoutMs: 5_000_000_000, expiresInMs },
      { key: '192.0.2.4' },
    ]);
    expect(elements[0]?.expiresInMs).toBeGreaterThan(30_000);
    expect(elements[0]?.expiresInMs).toBeLessThanOrEqual(60_000);
    for (const element of elements)
      expect(await netfilter().element(hosts, element.key)).toMatchObject({ key: element.key });
  });

  test('reads one element, with milliseconds', async () => {
    await netfilter().commit([
      addTable,
      addSet(hosts),
      add(hosts, { key: '192.0.2.1', timeoutMs: 61_240, comment: 'a b' }),
    ]);
    const element = await netfilter().element(hosts, '192.0.2.1');
    expect(element).toEqual({ key: '192.0.2.1', timeoutMs: 61_240, expiresInMs: expect.any(Number), comment: 'a b' });
    expect(element?.expiresInMs).toBeLessThanOrEqual(61_240);
    expect(await netfilter().element(hosts, '192.0.2.9')).toBeUndefined();
  });

  test('a comment that is too long is cut behind a character', async () => {
    await netfilter().commit([
      addTable,
      addSet(hosts),
      add(hosts, { key: '192.0.2.1', comment: `x${'ä'.repeat(100)}` }),
    ]);
    expect(await netfilter().elements(hosts)).toEqual([{ key: '192.0.2.1', comment: `x${'ä'.repeat(63)}` }]);
  });

  test('reads concatenations', async () => {
    const keys = ['2001:db8::1 . tcp . 22', '2001:db8::1 . udp . 53', '::ffff:192.0.2.1 . 253 . 65535'];
    await netfilter().commit([addTable, addSet(flows), add(flows, ...keys)]);
    expect((await netfilter().elements(flows)).map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    expect(await netfilter().element(flows, keys[1] as string)).toEqual({ key: keys[1] });
    expect(await netfilter().element(flows, '2001:db8::1 . tcp . 23')).toBeUndefined();
  });

  test('keys may be written in other ways, and are read in one', async () => {
    await netfilter().commit([
      addTable,
      addSet(flows),
      add(flows, '2001:0DB8:0:0::0001 . 6 . 22'),
      addSet({ ...hosts, set: 'six', key: ['ipv6_addr'] }),
      add({ ...hosts, set: 'six', key: ['ipv6_addr'] }, '2001:DB8:0:0:1::'),
    ]);
    expect(await netfilter().elements(flows)).toEqual([{ key: '2001:db8::1 . tcp . 22' }]);
    expect(await netfilter().elements({ ...hosts, set: 'six', key: ['ipv6_addr'] })).toEqual([
      { key: '2001:db8:0:0:1::' },
    ]);
  });

  test('reads ranges and networks', async () => {
    const keys = ['10.0.0.0/8', '192.0.2.1-192.0.2.9', '203.0.113.5'];
    await netfilter().commit([addTable, addSet(networks), add(networks, ...keys)]);
    expect((await netfilter().elements(networks)).map(({ key }) => key).toSorted()).toEqual(keys);
    for (const key of keys) expect(await netfilter().element(networks, key)).toEqual({ key });
    await netfilter().commit([
      { kind: 'delete-elements', set: networks, elements: keys.slice(0, 2).map((key) => ({ key })) },
    ]);
    expect(await netfilter().elements(networks)).toEqual([{ key: '203.0.113.5' }]);
  });

  test('counts of elements are read', async () => {
    await netfilter().commit([addTable, addSet({ ...hosts, counters: true }), add(hosts, '192.0.2.1')]);
    const counted = { key: '192.0.2.1', packets: 0n, bytes: 0n };
    expect(await netfilter().elements(hosts)).toEqual([counted]);
    expect(await netfilter().element(hosts, '192.0.2.1')).toEqual(counted);
  });

  test('says which thing is not there', async () => {
    await netfilter().commit([addTable]);
    const code = async (work: Promise<unknown>): Promise<string> => (await failure(work)).code;
    expect(await code(netfilter().chains(elsewhere))).toBe('ERR_NODE_NETFILTER_NO_TABLE');
    expect(await code(netfilter().rules(elsewhere))).toBe('ERR_NODE_NETFILTER_NO_TABLE');
    expect(await code(netfilter().sets(elsewhere))).toBe('ERR_NODE_NETFILTER_NO_TABLE');
    expect(await code(netfilter().elements({ ...hosts, ...elsewhere }))).toBe('ERR_NODE_NETFILTER_NO_TABLE');
    expect(await code(netfilter().elements(hosts))).toBe('ERR_NODE_NETFILTER_NO_SET');
    expect(await netfilter().counter({ ...table, counter: 'none' })).toBeUndefined();
    expect(await netfilter().counter({ ...elsewhere, counter: 'none' })).toBeUndefined();
  });

  test('the generation is another one after each commit, of whomever, and the same while there is none', async () => {
    const seen = [await netfilter().generation()];
    await netfilter().commit([addTable]);
    seen.push(await netfilter().generation());
    await netfilter().commit([addSet(hosts)]);
    seen.push(await netfilter().generation());
    expect(new Set(seen).size).toBe(3);
    await netfilter().commit([add(hosts, '192.0.2.1')], { check: true });
    await netfilter().elements(hosts);
    expect(await netfilter().generation()).toBe(seen[2]);
    namespace().run('nft', 'add element inet contract hosts { 192.0.2.7 }');
    // nft tells of it in its own time, for which the event loop has to turn.
    while ((await netfilter().generation()) === seen[2]) await sleep(5);
  });
}

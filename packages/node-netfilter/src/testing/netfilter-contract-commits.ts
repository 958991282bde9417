import type { Command } from '../ruleset/command.ts';
import type { Rule } from '../ruleset/rule.ts';
import type { Statement } from '../ruleset/statement.ts';
import {
  add,
  addSet,
  addTable,
  type ContractScene,
  flows,
  host,
  hosts,
  keysOf,
  listing,
  networks,
  remove,
  removeIfThere,
  table,
} from './netfilter-contract-scene.ts';

const drop: Statement = { kind: 'verdict', verdict: 'drop' };
const deny: Statement = { kind: 'verdict', verdict: 'goto', chain: 'deny' };

const rule = (chain: string, statements: readonly Statement[], comment?: string): Command => {
  const made: Rule = { ...table, chain, statements, ...(comment !== undefined && { comment }) };
  return { kind: 'add-rule', rule: made };
};

/** What commands put into effect. */
export function commitTests(scene: ContractScene): void {
  const { netfilter, namespace } = scene;

  test('makes tables, chains, sets, counters and rules', async () => {
    const ports = { ...hosts, set: 'ports', key: ['ipv4_addr', 'inet_proto', 'inet_service'] } as const;
    await netfilter().commit([
      addTable,
      { kind: 'add-table', table: { family: 'ip', table: 'other', flags: ['dormant'] } },
      { kind: 'add-counter', counter: { ...table, counter: 'denied' } },
      { kind: 'add-counter', counter: { ...table, counter: 'taken-over', packets: 5n, bytes: 2n ** 40n } },
      addSet({ ...hosts, maxElements: 100, counters: true }),
      addSet(networks),
      addSet(flows),
      addSet(ports),
      addSet({ ...table, set: 'services', key: ['inet_service'] }),
      { kind: 'add-chain', chain: { ...table, chain: 'deny' } },
      {
        kind: 'add-chain',
        chain: { ...table, chain: 'ban', base: { type: 'filter', hook: 'prerouting', priority: -310 } },
      },
      {
        kind: 'add-chain',
        chain: {
          ...table,
          chain: 'early',
          base: { type: 'filter', hook: 'ingress', priority: -500, devices: ['lo'], policy: 'accept' },
        },
      },
      rule('ban', [{ kind: 'loopback' }, { kind: 'verdict', verdict: 'accept' }]),
      rule('ban', [{ kind: 'established' }, { kind: 'reply' }, { kind: 'verdict', verdict: 'return' }]),
      rule('ban', [{ kind: 'source', family: 4, prefix: 32, set: 'hosts' }, deny], 'whole address'),
      rule('ban', [{ kind: 'source', family: 4, prefix: 20, set: 'hosts' }, deny]),
      rule('ban', [{ kind: 'source-port', family: 4, prefix: 32, set: 'ports' }, deny]),
      rule('ban', [{ kind: 'source-port', family: 6, prefix: 64, set: 'flows' }, deny]),
      rule('ban', [
        { kind: 'protocol', protocol: 'tcp' },
        { kind: 'destination-port', set: 'services' },
        { kind: 'tcp-running' },
        { kind: 'verdict', verdict: 'jump', chain: 'deny' },
      ]),
      rule('deny', [{ kind: 'neighbour-discovery' }, { kind: 'verdict', verdict: 'accept' }]),
      rule('deny', [{ kind: 'protocol', protocol: 'tcp' }, { kind: 'counter' }, { kind: 'reject', with: 'tcp-reset' }]),
      rule('deny', [
        { kind: 'protocol', protocol: 'udp' },
        { kind: 'reject', with: 'port-unreachable' },
      ]),
      rule('deny', [{ kind: 'counter', name: 'denied' }, drop]),
    ]);
    expect(listing(scene)).toBe(
      [
        'table inet contract {',
        'counter denied { packets 0 bytes 0 }',
        'counter taken-over { packets 5 bytes 1099511627776 }',
        'set hosts { type ipv4_addr size 100 flags timeout counter }',
        'set networks { type ipv4_addr flags interval }',
        'set flows { type ipv6_addr . inet_proto . inet_service flags timeout }',
        'set ports { type ipv4_addr . inet_proto . inet_service flags timeout }',
        'set services { type inet_service }',
        'chain deny {',
        'ip6 hoplimit 255 icmpv6 type 133-136 accept',
        'meta l4proto tcp counter packets 0 bytes 0 reject with tcp reset',
        'meta l4proto udp reject',
        'counter name "denied" drop }',
        'chain ban { type filter hook prerouting priority -310; policy accept;',
        'iif "lo" accept',
        'ct state established,related ct direction reply return',
        'ip saddr @hosts goto deny comment "whole address"',
        'ip saddr & 255.255.240.0 == @hosts goto deny',
        'ip saddr . meta l4proto . th dport @ports goto deny',
        'ip6 saddr & ffff:ffff:ffff:ffff:: . meta l4proto . th dport @flows goto deny',
        'tcp dport @services tcp flags ! syn jump deny }',
        'chain early { type filter hook ingress device "lo" priority -500; policy accept; }',
        '}',
        'table ip other { flags dormant }',
      ]
        .join(' ')
        // Counters without their counts are listed so with -s.
        .replace(/counter packets 0 bytes 0/, 'counter')
        .replace(/(counter \S+ \{) packets \d+ bytes \d+ \}/g, '$1 }'),
    );
    expect(await netfilter().counter({ ...table, counter: 'taken-over' })).toEqual({
      ...table,
      counter: 'taken-over',
      packets: 5n,
      bytes: 2n ** 40n,
    });
  });

  test('to add what is there changes nothing, save that a rule is there twice', async () => {
    const commands = [
      addTable,
      addSet(hosts),
      add(hosts, '192.0.2.1'),
      { kind: 'add-chain', chain: { ...table, chain: 'deny' } },
      rule('deny', [drop]),
    ] as const;
    await netfilter().commit(commands);
    await netfilter().commit(commands);
    expect(await netfilter().tables()).toHaveLength(1);
    expect(await netfilter().sets(table)).toHaveLength(1);
    expect(await netfilter().chains(table)).toHaveLength(1);
    expect(await netfilter().rules(table)).toHaveLength(2);
    expect(await keysOf(netfilter(), hosts)).toEqual(['192.0.2.1']);
  });

  test('flushes and deletes', async () => {
    const chain = { ...table, chain: 'deny' };
    await netfilter().commit([addTable, addSet(hosts), add(hosts, '192.0.2.1', '192.0.2.2')]);
    await netfilter().commit([{ kind: 'add-chain', chain }, rule('deny', [drop])]);
    await netfilter().commit([
      { kind: 'flush-set', set: hosts },
      { kind: 'flush-chain', chain },
    ]);
    expect(listing(scene)).toBe('table inet contract { set hosts { type ipv4_addr flags timeout } chain deny { } }');
    await netfilter().commit([
      { kind: 'delete-set', set: hosts },
      { kind: 'delete-chain', chain },
    ]);
    expect(listing(scene)).toBe('table inet contract { }');
    await netfilter().commit([{ kind: 'delete-table', table }]);
    expect(listing(scene)).toBe('');
  });

  test('makes a table anew in one transaction', async () => {
    await netfilter().commit([addTable, addSet(hosts), add(hosts, '192.0.2.1')]);
    await netfilter().commit([
      addTable,
      { kind: 'delete-table', table },
      addTable,
      addSet(hosts),
      add(hosts, '192.0.2.2'),
    ]);
    expect(await keysOf(netfilter(), hosts)).toEqual(['192.0.2.2']);
  });

  test('an element that is added again gets the new time, or none', async () => {
    await netfilter().commit([addTable, addSet(hosts), add(hosts, { key: '192.0.2.1', timeoutMs: 60_000 })]);
    if (!netfilter().capabilities.updateTimeouts) return;
    await netfilter().commit([add(hosts, { key: '192.0.2.1', timeoutMs: 90_000 })]);
    expect(await netfilter().element(hosts, '192.0.2.1')).toMatchObject({ timeoutMs: 90_000 });
    await netfilter().commit([add(hosts, '192.0.2.1')]);
    expect(await netfilter().element(hosts, '192.0.2.1')).toEqual({ key: '192.0.2.1' });
  });

  test.each([false, true])(
    'of several times for one element the last one counts, everyFault: %p',
    async (everyFault) => {
      const timed = (timeoutMs: number): Command => add(hosts, { key: '192.0.2.1', timeoutMs });
      await netfilter().commit([addTable, addSet(hosts)]);
      if (!netfilter().capabilities.updateTimeouts) return;
      await netfilter().commit([20_000, 30_000, 40_000, 50_000].map(timed), { everyFault });
      expect(await netfilter().element(hosts, '192.0.2.1')).toMatchObject({ timeoutMs: 50_000 });
    },
  );

  test('the longest time that the kernel takes is taken, and five million seconds too', async () => {
    const longestMs = 213_503 * 86_400_000;
    await netfilter().commit([
      addTable,
      addSet(hosts),
      add(hosts, { key: '192.0.2.1', timeoutMs: longestMs }, { key: '192.0.2.2', timeoutMs: 5_000_000_000 }),
    ]);
    expect(await netfilter().element(hosts, '192.0.2.1')).toMatchObject({ timeoutMs: longestMs });
    expect(await netfilter().element(hosts, '192.0.2.2')).toMatchObject({ timeoutMs: 5_000_000_000 });
  });

  test('deletes elements, whatever of them is there', async () => {
    await netfilter().commit([addTable, addSet(hosts), add(hosts, host(1), host(2), host(3))]);
    await netfilter().commit([remove(hosts, host(1))]);
    await netfilter().commit([removeIfThere(hosts, host(1), host(2), host(9), host(9))]);
    expect(await keysOf(netfilter(), hosts)).toEqual([host(3)]);
  });

  test('deletes what may not be there also from a set that is full', async () => {
    const full = { ...hosts, maxElements: 2 };
    await netfilter().commit([addTable, addSet(full), add(full, host(1), host(2))]);
    await netfilter().commit([removeIfThere(full, host(7), host(8), host(9), host(2)), add(full, host(3))]);
    expect(await keysOf(netfilter(), full)).toEqual([host(1), host(3)]);
  });

  test('deletes and adds one element in one transaction', async () => {
    await netfilter().commit([addTable, addSet(hosts), add(hosts, { key: host(1), comment: 'old' })]);
    await netfilter().commit([removeIfThere(hosts, host(1)), add(hosts, { key: host(1), comment: 'new' })]);
    expect(await netfilter().elements(hosts)).toEqual([{ key: host(1), comment: 'new' }]);
  });

  test('adds and deletes thousands at once', async () => {
    const all = Array.from({ length: 5000 }, (_, n) => host(n));
    await netfilter().commit([addTable, addSet(hosts), add(hosts, ...all)]);
    expect(await keysOf(netfilter(), hosts)).toEqual(all.toSorted());
    await netfilter().commit([removeIfThere(hosts, ...all.slice(0, 4990))]);
    expect(await keysOf(netfilter(), hosts)).toEqual(all.slice(4990).toSorted());
  });

  test('the kernel ends what is timed', async () => {
    await netfilter().commit([
      addTable,
      addSet(hosts),
      add(hosts, { key: host(1), timeoutMs: 50 }, { key: host(2), timeoutMs: 60_000 }),
    ]);
    while ((await netfilter().element(hosts, host(1))) !== undefined);
    expect(await netfilter().element(hosts, host(2))).toBeDefined();
  });

  test('nothing to do is done', async () => {
    await netfilter().commit([]);
    await netfilter().commit([addTable, addSet(hosts)]);
    await netfilter().commit([add(hosts), remove(hosts), removeIfThere(hosts)]);
    expect(await keysOf(netfilter(), hosts)).toEqual([]);
  });

  test('what is asked at once is done in its order', async () => {
    const work = [netfilter().commit([addTable, addSet(hosts)])];
    for (let n = 0; n < 20; n++) {
      work.push(netfilter().commit([add(hosts, host(n))]));
      if (n > 0) work.push(netfilter().commit([remove(hosts, host(n - 1))]));
    }
    const keys = keysOf(netfilter(), hosts);
    work.push(netfilter().commit([{ kind: 'delete-table', table }]));
    await Promise.all(work);
    expect(await keys).toEqual([host(19)]);
    expect(namespace().run('nft', 'list', 'tables')).toBe('');
  });
}

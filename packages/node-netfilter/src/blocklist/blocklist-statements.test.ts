import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { BlocklistOptions } from './blocklist-options.ts';
import { blocklistStatements } from './blocklist-statements.ts';

describe('blocklistStatements', () => {
  test('says what would be done, without a kernel', () => {
    const { start, of, reconcile, stop } = blocklistStatements({ allow: ['192.0.2.0/24'], onStop: 'delete' });
    expect(start[0]).toBe('add table inet sluice');
    expect(start.join('\n')).toMatch(/add chain inet sluice ban \{ type filter hook prerouting priority -310/);
    expect(start.join('\n')).toMatch(/192\.0\.2\.0\/24/);
    expect(of([{ kind: 'block', network: '203.0.113.7', timeoutMs: 600_000, list: 'sshd' }])).toEqual([
      'add element inet sluice all4_32 { 203.0.113.7 timeout 10m comment "sshd" }',
    ]);
    expect(of([{ kind: 'block', network: 'nonsense' }])).toEqual([]);
    const first = of([{ kind: 'block', network: '198.51.100.0/24' }]);
    expect(first.map((statement) => statement.split(' ', 2).join(' '))).toEqual(['add set', 'add rule', 'add element']);
    expect(of([{ kind: 'block', network: '198.51.101.0/24' }])).toEqual([
      'add element inet sluice all4_24 { 198.51.101.0 }',
    ]);
    expect(reconcile([{ network: '203.0.113.9' }])).toEqual([
      'flush set inet sluice all4_24',
      'flush set inet sluice all4_32',
      'flush set inet sluice all6_64',
      'add element inet sluice all4_32 { 203.0.113.9 }',
    ]);
    expect(stop.at(-1)).toBe('delete table inet sluice');
  });

  test('refuses options at once', () => {
    expect(() => blocklistStatements({ table: '' })).toThrow(/table must be/);
  });
});

describeWith(namespaces, 'nft takes the statements', () => {
  const options: BlocklistOptions[] = [
    {},
    { layout: 'per-list', deny: 'reject', cut: 'reset', elementCounters: true, maxElements: 1000 },
    { hook: 'input', passEstablished: true, deny: 'reset', ipv4Prefix: 24, ipv6Prefix: 48 },
    { hook: 'ingress', devices: ['lo'], deny: 'drop' },
  ];
  let namespace: NetworkNamespace;
  beforeEach(async () => {
    namespace = await NetworkNamespace.open();
  });
  afterEach(() => namespace.close());

  test.each(options)('%j', (chosen) => {
    const { start, of, reconcile } = blocklistStatements(chosen);
    const ports = [{ protocol: 'tcp', port: 22 }] as const;
    const ops = of([
      { kind: 'block', network: '203.0.113.7', timeoutMs: 600_000, list: 'a "b"\n' },
      { kind: 'block', network: '2001:db8::/56', ports },
      { kind: 'unblock', network: '203.0.113.8' },
    ]);
    namespace.run('nft', [...start, ...ops].join('\n'));
    namespace.run('nft', reconcile([{ network: '203.0.113.9', list: 'web' }]).join('\n'));
    expect(namespace.run('nft', 'list ruleset')).toMatch(/203\.0\.113/);
  });
});

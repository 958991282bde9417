import type { Command } from '../../ruleset/command.ts';
import type { Family } from '../../ruleset/family.ts';
import type { KeyType, NftSet, SetFlag, SetRef } from '../../ruleset/set.ts';
import type { SetElement } from '../../ruleset/set-element.ts';
import type { Statement } from '../../ruleset/statement.ts';

/** The same change in nft's language and as commands. */
export interface NftCase {
  readonly name: string;
  /** What has to be there before, as nft says it. */
  readonly before: readonly string[];
  readonly nft: readonly string[];
  readonly commands: readonly Command[];
}

const inet = { family: 'inet', table: 't' } as const;

const setOf = (set: string, key: readonly KeyType[], ...flags: SetFlag[]): SetRef => ({ ...inet, set, key, flags });

function ruleCase(nft: string, statements: readonly Statement[], family: Family = 'inet', comment?: string): NftCase {
  const hook = family === 'netdev' ? 'ingress device "lo"' : 'input';
  return {
    name: `${family}: ${nft}`,
    before: [
      `add table ${family} t`,
      `add chain ${family} t c { type filter hook ${hook} priority 0; }`,
      `add chain ${family} t deny`,
      `add counter ${family} t denied`,
      `add set ${family} t a4 { type ipv4_addr; flags timeout; }`,
      `add set ${family} t a6 { type ipv6_addr; flags timeout; }`,
      `add set ${family} t p4 { type ipv4_addr . inet_proto . inet_service; flags timeout; }`,
      `add set ${family} t p6 { type ipv6_addr . inet_proto . inet_service; flags timeout; }`,
      `add set ${family} t ports { type inet_service; }`,
    ],
    nft: [`add rule ${family} t c ${nft}`],
    commands: [
      {
        kind: 'add-rule',
        rule: { family, table: 't', chain: 'c', statements, ...(comment !== undefined && { comment }) },
      },
    ],
  };
}

function setCase(type: string, more: string, set: Omit<NftSet, 'family' | 'table' | 'set'>): NftCase {
  return {
    name: `set: type ${type}; ${more}`,
    before: ['add table inet t'],
    nft: [`add set inet t s { type ${type}; ${more} }`],
    commands: [{ kind: 'add-set', set: { ...inet, set: 's', ...set } }],
  };
}

function elementCase(text: string, types: string, set: SetRef, elements: readonly SetElement[]): NftCase[] {
  const flags = set.flags?.length ? `flags ${set.flags.join(',')};` : '';
  const before = ['add table inet t', `add set inet t ${set.set} { type ${types}; ${flags} }`];
  const add: NftCase = {
    name: `add element ${types} ${text}`,
    before,
    nft: [`add element inet t ${set.set} { ${text} }`],
    commands: [{ kind: 'add-elements', set, elements }],
  };
  const bare = text.replace(/ (timeout \S+|comment "[^"]*")/g, '');
  return [
    add,
    {
      name: `delete element ${types} ${bare}`,
      before: [...before, ...add.nft],
      nft: [`delete element inet t ${set.set} { ${bare} }`],
      commands: [{ kind: 'delete-elements', set, elements }],
    },
  ];
}

const drop = { kind: 'verdict', verdict: 'drop' } as const;
const accept = { kind: 'verdict', verdict: 'accept' } as const;
const gotoDeny = { kind: 'verdict', verdict: 'goto', chain: 'deny' } as const;

const rules: readonly NftCase[] = [
  ruleCase('iif "lo" accept', [{ kind: 'loopback' }, accept]),
  ruleCase('ip saddr @a4 goto deny', [{ kind: 'source', family: 4, prefix: 32, set: 'a4' }, gotoDeny]),
  ...[24, 12, 1, 0].map((prefix) =>
    ruleCase(`ip saddr & ${dotted(prefix)} == @a4 goto deny`, [
      { kind: 'source', family: 4, prefix, set: 'a4' },
      gotoDeny,
    ]),
  ),
  ruleCase('ip6 saddr @a6 jump deny', [
    { kind: 'source', family: 6, prefix: 128, set: 'a6' },
    { kind: 'verdict', verdict: 'jump', chain: 'deny' },
  ]),
  ruleCase('ip6 saddr & ffff:ffff:ffff:ffff:: == @a6 drop', [
    { kind: 'source', family: 6, prefix: 64, set: 'a6' },
    drop,
  ]),
  ruleCase('ip6 saddr & ffff:ffff:fffe:: == @a6 drop', [{ kind: 'source', family: 6, prefix: 47, set: 'a6' }, drop]),
  ruleCase('ip saddr . meta l4proto . th dport @p4 drop', [
    { kind: 'source-port', family: 4, prefix: 32, set: 'p4' },
    drop,
  ]),
  ruleCase('ip saddr & 255.255.0.0 . meta l4proto . th dport @p4 drop', [
    { kind: 'source-port', family: 4, prefix: 16, set: 'p4' },
    drop,
  ]),
  ruleCase('ip6 saddr & ffff:ffff:ffff:ffff:: . meta l4proto . th dport @p6 drop', [
    { kind: 'source-port', family: 6, prefix: 64, set: 'p6' },
    drop,
  ]),
  ruleCase('ip6 saddr . meta l4proto . th dport @p6 drop', [
    { kind: 'source-port', family: 6, prefix: 128, set: 'p6' },
    drop,
  ]),
  ruleCase('th dport @ports accept', [{ kind: 'destination-port', set: 'ports' }, accept]),
  ruleCase('meta l4proto tcp th dport @ports accept', [
    { kind: 'protocol', protocol: 'tcp' },
    { kind: 'destination-port', set: 'ports' },
    accept,
  ]),
  ruleCase('meta l4proto udp drop', [{ kind: 'protocol', protocol: 'udp' }, drop]),
  ruleCase('ip6 hoplimit 255 icmpv6 type 133-136 accept', [{ kind: 'neighbour-discovery' }, accept]),
  ruleCase('tcp flags & syn == 0 goto deny', [{ kind: 'tcp-running' }, gotoDeny]),
  ruleCase('ct state established,related accept', [{ kind: 'established' }, accept]),
  ruleCase('ct direction reply accept', [{ kind: 'reply' }, accept]),
  ruleCase('counter drop', [{ kind: 'counter' }, drop]),
  ruleCase('counter name "denied" return', [
    { kind: 'counter', name: 'denied' },
    { kind: 'verdict', verdict: 'return' },
  ]),
  ruleCase('reject with icmpx type port-unreachable', [{ kind: 'reject', with: 'port-unreachable' }]),
  ruleCase('reject with tcp reset', [{ kind: 'reject', with: 'tcp-reset' }]),
  ruleCase('meta l4proto tcp reject with tcp reset', [
    { kind: 'protocol', protocol: 'tcp' },
    { kind: 'reject', with: 'tcp-reset' },
  ]),
  ruleCase('tcp flags & syn == 0 reject with tcp reset', [
    { kind: 'tcp-running' },
    { kind: 'reject', with: 'tcp-reset' },
  ]),
  ruleCase('ip saddr @a4 ip saddr & 255.255.255.0 == @a4 drop', [
    { kind: 'source', family: 4, prefix: 32, set: 'a4' },
    { kind: 'source', family: 4, prefix: 24, set: 'a4' },
    drop,
  ]),
  ruleCase('drop comment "für alle"', [drop], 'inet', 'für alle'),
  ruleCase('ip saddr @a4 drop', [{ kind: 'source', family: 4, prefix: 32, set: 'a4' }, drop], 'ip'),
  ruleCase('reject with icmp type port-unreachable', [{ kind: 'reject', with: 'port-unreachable' }], 'ip'),
  ruleCase('reject with tcp reset', [{ kind: 'reject', with: 'tcp-reset' }], 'ip'),
  ruleCase('ip6 hoplimit 255 icmpv6 type 133-136 accept', [{ kind: 'neighbour-discovery' }, accept], 'ip6'),
  ruleCase('reject with icmpv6 type port-unreachable', [{ kind: 'reject', with: 'port-unreachable' }], 'ip6'),
  ruleCase('ip saddr @a4 drop', [{ kind: 'source', family: 4, prefix: 32, set: 'a4' }, drop], 'netdev'),
  ruleCase('ip6 saddr @a6 drop', [{ kind: 'source', family: 6, prefix: 128, set: 'a6' }, drop], 'netdev'),
  ruleCase('ip6 hoplimit 255 icmpv6 type 133-136 accept', [{ kind: 'neighbour-discovery' }, accept], 'netdev'),
  ruleCase('ip saddr @a4 drop', [{ kind: 'source', family: 4, prefix: 32, set: 'a4' }, drop], 'bridge'),
];

function dotted(prefix: number): string {
  const mask = prefix === 0 ? 0 : -1 << (32 - prefix);
  return [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
}

const sets: readonly NftCase[] = [
  setCase('ipv4_addr', 'flags timeout;', { key: ['ipv4_addr'], flags: ['timeout'] }),
  setCase('ipv6_addr', 'flags timeout; size 500;', { key: ['ipv6_addr'], flags: ['timeout'], maxElements: 500 }),
  setCase('ipv4_addr', 'flags timeout; counter;', { key: ['ipv4_addr'], flags: ['timeout'], counters: true }),
  setCase('ipv4_addr', 'flags interval;', { key: ['ipv4_addr'], flags: ['interval'] }),
  setCase('inet_proto', '', { key: ['inet_proto'] }),
  setCase('inet_service', 'flags dynamic,timeout; size 65535;', {
    key: ['inet_service'],
    flags: ['dynamic', 'timeout'],
    maxElements: 65535,
  }),
  setCase('ipv4_addr . inet_proto . inet_service', 'flags timeout;', {
    key: ['ipv4_addr', 'inet_proto', 'inet_service'],
    flags: ['timeout'],
  }),
  setCase('ipv6_addr . inet_proto . inet_service', 'flags timeout;', {
    key: ['ipv6_addr', 'inet_proto', 'inet_service'],
    flags: ['timeout'],
  }),
  setCase('ipv4_addr . inet_service', 'flags interval;', { key: ['ipv4_addr', 'inet_service'], flags: ['interval'] }),
  setCase('ipv4_addr . inet_service', 'flags interval,timeout; size 500;', {
    key: ['ipv4_addr', 'inet_service'],
    flags: ['interval', 'timeout'],
    maxElements: 500,
  }),
];

const elements: readonly NftCase[] = [
  ...elementCase(
    '203.0.113.7 timeout 600s comment "sshd", 203.0.113.8',
    'ipv4_addr',
    setOf('s', ['ipv4_addr'], 'timeout'),
    [{ key: '203.0.113.7', timeoutMs: 600_000, comment: 'sshd' }, { key: '203.0.113.8' }],
  ),
  ...elementCase('2001:db8::7 timeout 57d', 'ipv6_addr', setOf('s', ['ipv6_addr'], 'timeout'), [
    { key: '2001:db8::7', timeoutMs: 57 * 86_400_000 },
  ]),
  ...elementCase(
    '203.0.113.9 . tcp . 22 timeout 600s comment "sshd"',
    'ipv4_addr . inet_proto . inet_service',
    setOf('s', ['ipv4_addr', 'inet_proto', 'inet_service'], 'timeout'),
    [{ key: '203.0.113.9 . tcp . 22', timeoutMs: 600_000, comment: 'sshd' }],
  ),
  ...elementCase(
    '2001:db8::9 . udp . 53',
    'ipv6_addr . inet_proto . inet_service',
    setOf('s', ['ipv6_addr', 'inet_proto', 'inet_service'], 'timeout'),
    [{ key: '2001:db8::9 . udp . 53' }],
  ),
  ...elementCase('tcp, udp', 'inet_proto', setOf('s', ['inet_proto']), [{ key: 'tcp' }, { key: 'udp' }]),
  ...elementCase('22, 443', 'inet_service', setOf('s', ['inet_service']), [{ key: '22' }, { key: '443' }]),
  ...elementCase('1.1.1.1, 10.0.0.0/8, 192.168.0.1-192.168.0.9', 'ipv4_addr', setOf('s', ['ipv4_addr'], 'interval'), [
    { key: '1.1.1.1' },
    { key: '10.0.0.0/8' },
    { key: '192.168.0.1-192.168.0.9' },
  ]),
  ...elementCase('1.1.1.1 timeout 60s comment "x"', 'ipv4_addr', setOf('s', ['ipv4_addr'], 'interval', 'timeout'), [
    { key: '1.1.1.1', timeoutMs: 60_000, comment: 'x' },
  ]),
  ...elementCase('0.0.0.0/0', 'ipv4_addr', setOf('s', ['ipv4_addr'], 'interval'), [{ key: '0.0.0.0/0' }]),
  ...elementCase('fe80::/10, ffff::/16', 'ipv6_addr', setOf('s', ['ipv6_addr'], 'interval'), [
    { key: 'fe80::/10' },
    { key: 'ffff::/16' },
  ]),
  ...elementCase('22, 80-90, 65535', 'inet_service', setOf('s', ['inet_service'], 'interval'), [
    { key: '22' },
    { key: '80-90' },
    { key: '65535' },
  ]),
  ...elementCase(
    '10.0.0.0/8 . 80-90, 1.2.3.4 . 22',
    'ipv4_addr . inet_service',
    setOf('s', ['ipv4_addr', 'inet_service'], 'interval'),
    [{ key: '10.0.0.0/8 . 80-90' }, { key: '1.2.3.4 . 22' }],
  ),
];

const others: readonly NftCase[] = [
  {
    name: 'table',
    before: [],
    nft: ['add table inet t'],
    commands: [{ kind: 'add-table', table: { ...inet, flags: [] } }],
  },
  {
    name: 'dormant table',
    before: [],
    nft: ['add table ip6 t { flags dormant; }'],
    commands: [{ kind: 'add-table', table: { family: 'ip6', table: 't', flags: ['dormant'] } }],
  },
  {
    name: 'delete table',
    before: ['add table inet t'],
    nft: ['delete table inet t'],
    commands: [{ kind: 'delete-table', table: inet }],
  },
  {
    name: 'counter',
    before: ['add table inet t'],
    nft: ['add counter inet t denied { packets 5 bytes 6; }'],
    commands: [{ kind: 'add-counter', counter: { ...inet, counter: 'denied', packets: 5n, bytes: 6n } }],
  },
  ...(['prerouting', 'input', 'forward', 'output', 'postrouting'] as const).map((hook, i) => ({
    name: `chain at ${hook}`,
    before: ['add table inet t'],
    nft: [`add chain inet t c { type filter hook ${hook} priority ${i - 310}; policy drop; }`],
    commands: [
      {
        kind: 'add-chain' as const,
        chain: {
          ...inet,
          chain: 'c',
          base: { type: 'filter' as const, hook, priority: i - 310, policy: 'drop' as const },
        },
      },
    ],
  })),
  {
    name: 'chain that others jump to',
    before: ['add table inet t'],
    nft: ['add chain inet t deny'],
    commands: [{ kind: 'add-chain', chain: { ...inet, chain: 'deny' } }],
  },
  ...(['inet', 'netdev'] as const).map((family) => ({
    name: `chain at ingress of a device, ${family}`,
    before: [`add table ${family} t`],
    nft: [`add chain ${family} t c { type filter hook ingress device "lo" priority -500; policy accept; }`],
    commands: [
      {
        kind: 'add-chain' as const,
        chain: {
          family,
          table: 't',
          chain: 'c',
          base: {
            type: 'filter' as const,
            hook: 'ingress' as const,
            priority: -500,
            devices: ['lo'],
            policy: 'accept' as const,
          },
        },
      },
    ],
  })),
  {
    name: 'chain at ingress of two devices',
    before: ['add table inet t'],
    nft: ['add chain inet t c { type filter hook ingress devices = { lo, veth0 } priority -500; policy accept; }'],
    commands: [
      {
        kind: 'add-chain',
        chain: {
          ...inet,
          chain: 'c',
          base: { type: 'filter', hook: 'ingress', priority: -500, devices: ['lo', 'veth0'], policy: 'accept' },
        },
      },
    ],
  },
  {
    name: 'flush chain',
    before: ['add table inet t', 'add chain inet t c'],
    nft: ['flush chain inet t c'],
    commands: [{ kind: 'flush-chain', chain: { ...inet, chain: 'c' } }],
  },
  {
    name: 'delete chain',
    before: ['add table inet t', 'add chain inet t c'],
    nft: ['delete chain inet t c'],
    commands: [{ kind: 'delete-chain', chain: { ...inet, chain: 'c' } }],
  },
  {
    name: 'flush set',
    before: ['add table inet t', 'add set inet t s { type ipv4_addr; }'],
    nft: ['flush set inet t s'],
    commands: [{ kind: 'flush-set', set: setOf('s', ['ipv4_addr']) }],
  },
  {
    name: 'delete set',
    before: ['add table inet t', 'add set inet t s { type ipv4_addr; }'],
    nft: ['delete set inet t s'],
    commands: [{ kind: 'delete-set', set: setOf('s', ['ipv4_addr']) }],
  },
];

/** Each command and each statement, and the kinds of sets and elements. */
export const nftCases: readonly NftCase[] = [...others, ...sets, ...elements, ...rules];

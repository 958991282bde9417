import fc from 'fast-check';
import type { Command } from '../ruleset/command.ts';
import type { SetRef } from '../ruleset/set.ts';
import { commandText } from './command-text.ts';
import { nftWords } from './nft-words.ts';

const table = { family: 'inet', table: 'sluice' } as const;
const hosts: SetRef = { ...table, set: 'hosts', key: ['ipv4_addr'], flags: ['timeout'] };

const add = (key: string, more: object = {}): Command => ({
  kind: 'add-elements',
  set: hosts,
  elements: [{ key, ...more }],
});

/** Texts that would do harm were they written as they are. */
const hostile = [
  'x }; flush ruleset',
  'x\nflush ruleset',
  'a;b',
  'a"b',
  "a'b",
  'a\0b',
  '$(reboot)',
  '',
  ' ',
  '-f',
  '1st',
  'ä',
  'x'.repeat(10_000),
];

describe('commandText', () => {
  test.each<[Command, readonly string[]]>([
    [{ kind: 'add-table', table }, ['add table inet sluice']],
    [
      { kind: 'add-elements', set: hosts, elements: [{ key: '192.0.2.1', timeoutMs: 1500, comment: 'sshd' }] },
      ['add element inet sluice hosts { 192.0.2.1 timeout 1s500ms comment "sshd" }'],
    ],
    [
      { kind: 'add-elements', set: hosts, elements: [{ key: '192.0.2.1' }, { key: '192.0.2.2' }], ifPresent: 'refuse' },
      ['create element inet sluice hosts { 192.0.2.1, 192.0.2.2 }'],
    ],
    [
      { kind: 'delete-elements', set: hosts, elements: [{ key: '192.0.2.1' }] },
      ['delete element inet sluice hosts { 192.0.2.1 }'],
    ],
    [
      { kind: 'delete-elements', set: hosts, elements: [{ key: '192.0.2.1' }], ifAbsent: 'ignore' },
      ['add element inet sluice hosts { 192.0.2.1 }', 'delete element inet sluice hosts { 192.0.2.1 }'],
    ],
    [{ kind: 'add-elements', set: hosts, elements: [] }, []],
  ])('%j', (command, lines) => {
    expect(commandText(command)).toEqual(lines);
  });

  test.each([
    [1, '1ms'],
    [0.2, '1ms'],
    [60_000, '1m'],
    [5_000_000_000, '57d20h53m20s'],
    [18_446_744_073_708, '213503d23h34m33s708ms'],
  ])('%d milliseconds are written %s', (timeoutMs, text) => {
    expect(commandText(add('192.0.2.1', { timeoutMs }))[0]).toContain(` timeout ${text} }`);
  });

  test.each([0, -1, Number.NaN, 18_446_744_073_709])('a time of %d milliseconds is refused', (timeoutMs) => {
    expect(() => commandText(add('192.0.2.1', { timeoutMs }))).toThrow(/^timeoutMs must be/);
  });

  test('an infinite time is none', () => {
    const timeoutMs = Number.POSITIVE_INFINITY;
    expect(commandText(add('192.0.2.1', { timeoutMs }))).toEqual(['add element inet sluice hosts { 192.0.2.1 }']);
  });

  test.each(hostile)('no name, device or key is %j', (text) => {
    const refused: readonly Command[] = [
      { kind: 'add-table', table: { family: 'inet', table: text } },
      { kind: 'add-table', table: { family: text as 'inet', table: 'a' } },
      { kind: 'add-set', set: { ...hosts, set: text } },
      { kind: 'add-set', set: { ...hosts, key: [text as 'ipv4_addr'] } },
      { kind: 'add-set', set: { ...hosts, flags: [text as 'timeout'] } },
      { kind: 'add-set', set: { ...hosts, maxElements: text as unknown as number } },
      { kind: 'add-chain', chain: { ...table, chain: text } },
      {
        kind: 'add-chain',
        chain: { ...table, chain: 'c', base: { type: 'filter', hook: 'ingress', priority: 0, devices: [text] } },
      },
      {
        kind: 'add-chain',
        chain: {
          ...table,
          chain: 'c',
          base: { type: text as 'nat', hook: 'input', priority: text as unknown as number },
        },
      },
      { kind: 'add-counter', counter: { ...table, counter: text } },
      { kind: 'add-counter', counter: { ...table, counter: 'c', packets: text as unknown as bigint } },
      { kind: 'add-rule', rule: { ...table, chain: 'c', statements: [{ kind: 'destination-port', set: text }] } },
      {
        kind: 'add-rule',
        rule: { ...table, chain: 'c', statements: [{ kind: 'verdict', verdict: 'goto', chain: text }] },
      },
      {
        kind: 'add-rule',
        rule: { ...table, chain: 'c', statements: [{ kind: 'protocol', protocol: text as 'tcp' }] },
      },
      add(text),
      { kind: text as 'add-table', table },
    ];
    // A device may begin with a digit or a dash: it stands in quotes.
    const isDevice = /^[\w.@+-]{1,15}$/.test(text);
    for (const command of refused) {
      if (isDevice && JSON.stringify(command).includes('devices')) continue;
      expect(() => commandText(command)).toThrow(expect.objectContaining({ name: 'NodeNetfilterError' }));
    }
  });

  test('whatever a comment is, it stays in its quotes, and has no more than 127 bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile)), (comment) => {
        fc.pre(!comment.includes('\0'));
        const [text = ''] = commandText(add('192.0.2.1', { comment }));
        const [, quoted = ''] =
          /^add element inet sluice hosts \{ 192\.0\.2\.1(?: comment "([^"]*)")? \}$/u.exec(text) ?? [];
        expect(text).toMatch(/^add element inet sluice hosts \{ 192\.0\.2\.1( comment "[^"\p{Cc}]+")? \}$/u);
        expect(Buffer.byteLength(quoted)).toBeLessThanOrEqual(127);
      }),
    );
  });

  test('a comment with a NUL is refused', () => {
    expect(() => commandText(add('192.0.2.1', { comment: 'a\0b' }))).toThrow(/NUL/);
  });

  test.each([...nftWords].slice(0, 5))('the word %s of nft is no name, and the error says what to do', (word) => {
    expect(() => commandText({ kind: 'add-table', table: { family: 'inet', table: word } })).toThrow(
      expect.objectContaining({ code: 'ERR_NODE_NETFILTER_NAME', cure: 'take another name, or use netlink' }),
    );
  });

  test.each(['owner', 'persist'] as const)('a table with the flag %s needs netlink', (flag) => {
    expect(() => commandText({ kind: 'add-table', table: { ...table, flags: [flag] } })).toThrow(
      expect.objectContaining({ code: 'ERR_NODE_NETFILTER_UNSUPPORTED' }),
    );
  });

  test('all bad elements of a command are told', () => {
    const elements = ['192.0.2.1', 'x', '192.0.2.2', '10.0.0.0/8'].map((key) => ({ key }));
    expect(() => commandText({ kind: 'add-elements', set: hosts, elements })).toThrow(
      expect.objectContaining({
        code: 'ERR_NODE_NETFILTER_KEY',
        faults: [expect.objectContaining({ element: 1 }), expect.objectContaining({ element: 3 })],
      }),
    );
  });
});

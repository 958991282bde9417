import fc from 'fast-check';
import type { Command } from '../ruleset/command.ts';
import type { KeyType, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { Statement } from '../ruleset/statement.ts';
import { nftWords } from '../text/nft-words.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const name = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.string({ unit: fc.constantFrom(...`${letters}0123456789_-./`), maxLength: 20 }),
  )
  .map(([first, rest]) => first + rest)
  .filter((text) => !nftWords.has(text));

const port = fc.nat(65_535).map(String);
const parts: Readonly<Record<KeyType, fc.Arbitrary<string>>> = {
  ipv4_addr: fc.ipV4(),
  ipv6_addr: fc.ipV6(),
  inet_proto: fc.oneof(fc.constantFrom('tcp', 'udp', 'icmp', 'esp'), fc.nat(255).map(String)),
  inet_service: port,
};
const keyTypes = fc.constantFrom<readonly KeyType[]>(
  ['ipv4_addr'],
  ['ipv6_addr'],
  ['inet_service'],
  ['inet_proto'],
  ['ipv4_addr', 'inet_proto', 'inet_service'],
  ['ipv6_addr', 'inet_proto', 'inet_service'],
);
const comment = fc.option(
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  { nil: undefined },
);

const element = (types: readonly KeyType[]): fc.Arbitrary<SetElement> =>
  fc
    .record({
      key: fc.tuple(...types.map((type) => parts[type])).map((texts) => texts.join(' . ')),
      timeoutMs: fc.option(fc.integer({ min: 3_600_000, max: 2 ** 43 }), { nil: undefined }),
      comment,
    })
    .map(({ key, timeoutMs, comment: said }) => ({
      key,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(said !== undefined && { comment: said }),
    }));

const plain: fc.Arbitrary<Statement> = fc.constantFrom<Statement>(
  { kind: 'loopback' },
  { kind: 'protocol', protocol: 'tcp' },
  { kind: 'protocol', protocol: 'udp' },
  { kind: 'neighbour-discovery' },
  { kind: 'established' },
  { kind: 'reply' },
  { kind: 'counter' },
);
/** nft itself puts a test for TCP before a reset where there is none. */
const last = fc.constantFrom<readonly Statement[]>(
  [{ kind: 'verdict', verdict: 'accept' }],
  [{ kind: 'verdict', verdict: 'drop' }],
  [{ kind: 'verdict', verdict: 'return' }],
  [{ kind: 'reject', with: 'port-unreachable' }],
  [
    { kind: 'protocol', protocol: 'tcp' },
    { kind: 'reject', with: 'tcp-reset' },
  ],
);

/** A table of a name, and what stands in it: commands that the kernel takes in this order, on an empty ruleset. */
export const arbitraryCommands: fc.Arbitrary<readonly Command[]> = fc
  .record({
    table: name,
    set: name,
    chain: name,
    counter: name,
    types: keyTypes,
    maxElements: fc.option(fc.integer({ min: 20, max: 2 ** 31 }), { nil: undefined }),
    counters: fc.boolean(),
    priority: fc.integer({ min: -1000, max: 1000 }),
    hook: fc.constantFrom('prerouting', 'input', 'forward'),
    said: comment,
    statements: fc.tuple(plain, last).map(([first, end]) => [first, ...end]),
    prefix: fc.nat(32),
  })
  .chain((parts) => fc.tuple(fc.constant(parts), fc.array(element(parts.types), { maxLength: 10 })))
  .map(([parts, elements]) => {
    const table = { family: 'inet', table: parts.table } as const;
    const set: SetRef = { ...table, set: parts.set, key: parts.types, flags: ['timeout'] };
    const { maxElements, counters, said, statements, hook, priority } = parts;
    const chain = { ...table, chain: parts.chain };
    const isV4 = parts.types.length === 1 && parts.types[0] === 'ipv4_addr';
    // No packet is of both.
    const isV6 = statements[0]?.kind === 'neighbour-discovery';
    const look: Statement[] =
      isV4 && !isV6 ? [{ kind: 'source', family: 4, prefix: parts.prefix, set: parts.set }] : [];
    const distinct = [...new Map(elements.map((one) => [one.key, one])).values()];
    return [
      { kind: 'add-table', table },
      { kind: 'add-set', set: { ...set, counters, ...(maxElements !== undefined && { maxElements }) } },
      { kind: 'add-counter', counter: { ...table, counter: parts.counter } },
      { kind: 'add-chain', chain: { ...chain, base: { type: 'filter', hook, priority } } },
      {
        kind: 'add-rule',
        rule: { ...chain, statements: [...look, ...statements], ...(said !== undefined && { comment: said }) },
      },
      { kind: 'add-elements', set, elements: distinct },
      { kind: 'delete-elements', set, elements: distinct.slice(0, 2), ifAbsent: 'ignore' },
    ];
  });

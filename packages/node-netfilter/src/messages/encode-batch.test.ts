import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import { decodeObject } from './decode-object.ts';
import { ElementReader } from './element-reader.ts';
import { encodeBatch } from './encode-batch.ts';
import { messageFlag } from './netlink/message-flag.ts';
import { messageType } from './netlink/message-type.ts';
import { readMessages } from './netlink/read-messages.ts';
import { messagesOf } from './testing/hex-messages.ts';

const table = { family: 'inet', table: 'ban-action' } as const;
const timed = (set: string, key: SetRef['key']): SetRef => ({ ...table, set, key, flags: ['timeout'] });
const all4 = timed('all4_32', ['ipv4_addr']);
const encoded = (...commands: Command[]): string[] =>
  messagesOf(encodeBatch(commands, { firstSeq: 1, destroyElements: true }).bytes);

describe('encodeBatch writes the bytes that the kernel took from others', () => {
  test('of a ban', () => {
    expect(
      encoded({ kind: 'add-elements', set: all4, elements: [{ key: '203.0.113.7', timeoutMs: 600_000 }] }),
    ).toEqual([
      '14000000 10000100 01000000 00000000 0000000a',
      '50000000 0c0a0504 02000000 00000000 01000000 0f000100 62616e2d 61637469 6f6e0000 0c000200 616c6c34 5f333200 20000380 1c000180 0c000180 08000100 cb007107 0c000400 00000000 000927c0',
      '14000000 11000100 03000000 00000000 0000000a',
    ]);
  });

  test('of its end', () => {
    expect(
      encoded({ kind: 'delete-elements', set: all4, elements: [{ key: '203.0.113.7' }], ifAbsent: 'ignore' }),
    ).toEqual([
      '14000000 10000100 01000000 00000000 0000000a',
      '44000000 1e0a0500 02000000 00000000 01000000 0f000100 62616e2d 61637469 6f6e0000 0c000200 616c6c34 5f333200 14000380 10000180 0c000180 08000100 cb007107',
      '14000000 11000100 03000000 00000000 0000000a',
    ]);
  });

  test('of an IPv6 network, for more milliseconds than 32 bits hold', () => {
    expect(
      encoded({
        kind: 'add-elements',
        set: timed('all6_64', ['ipv6_addr']),
        elements: [{ key: '2001:db8:1:2::', timeoutMs: 5_000_000_000 }],
      })[1],
    ).toBe(
      '5c000000 0c0a0504 02000000 00000000 01000000 0f000100 62616e2d 61637469 6f6e0000 0c000200 616c6c36 5f363400 2c000380 28000180 18000180 14000100 20010db8 00010002 00000000 00000000 0c000400 00000001 2a05f200',
    );
  });

  test('of a table with its set, chain and rule', () => {
    expect(
      encoded(
        { kind: 'add-table', table: { ...table, flags: ['owner', 'persist'] } },
        { kind: 'add-set', set: timed('all4_24', ['ipv4_addr']) },
        {
          kind: 'add-chain',
          chain: {
            ...table,
            chain: 'ban',
            base: { type: 'filter', hook: 'prerouting', priority: -310, policy: 'accept' },
          },
        },
        {
          kind: 'add-rule',
          rule: {
            ...table,
            chain: 'ban',
            statements: [
              { kind: 'source', family: 4, prefix: 24, set: 'all4_24' },
              { kind: 'counter' },
              { kind: 'verdict', verdict: 'drop' },
            ],
          },
        },
      ),
    ).toEqual([
      '14000000 10000100 01000000 00000000 0000000a',
      '2c000000 000a0104 02000000 00000000 01000000 0f000100 62616e2d 61637469 6f6e0000 08000200 00000006',
      '50000000 090a0104 03000000 00000000 01000000 0f000100 62616e2d 61637469 6f6e0000 0c000200 616c6c34 5f323400 08000300 00000010 08000400 00000007 08000500 00000004 08000a00 00000001',
      '54000000 030a0104 04000000 00000000 01000000 0f000100 62616e2d 61637469 6f6e0000 08000300 62616e00 14000480 08000100 00000000 08000200 fffffeca 08000500 00000001 0b000700 66696c74 65720000',
      [
        '64010000 060a050c 05000000 00000000 01000000 0f000100 62616e2d 61637469 6f6e0000 08000200 62616e00 38010480',
        '24000180 09000100 6d657461 00000000 14000280 08000100 00000001 08000200 0000000f',
        '2c000180 08000100 636d7000 20000280 08000100 00000001 08000200 00000000 0c000380 05000100 02000000',
        '34000180 0c000100 7061796c 6f616400 24000280 08000100 00000001 08000200 00000001 08000300 0000000c 08000400 00000004',
        '44000180 0c000100 62697477 69736500 34000280 08000100 00000001 08000200 00000001 08000300 00000004 0c000480 08000100 ffffff00 0c000580 08000100 00000000',
        '28000180 0b000100 6c6f6f6b 75700000 18000280 0c000100 616c6c34 5f323400 08000200 00000001',
        '14000180 0c000100 636f756e 74657200 04000280',
        '30000180 0e000100 696d6d65 64696174 65000000 1c000280 08000100 00000000 10000280 0c000280 08000100 00000000',
      ].join(' '),
      '14000000 11000100 06000000 00000000 0000000a',
    ]);
  });
});

const element = (key: string): { key: string } => ({ key });
const options = { firstSeq: 1, destroyElements: true } as const;

/** The elements of a batch as a reader of its messages finds them. */
function read(bytes: Uint8Array, set: SetRef): readonly SetElement[] {
  const reader = new ElementReader(set);
  for (const message of readMessages(bytes)) {
    const object = decodeObject(message);
    if (object?.kind === 'elements') reader.read(object.list);
  }
  return reader.finish();
}

describe('encodeBatch', () => {
  test('counts its messages on, asks for one answer, and asks for it last', () => {
    const { bytes, lastSeq, ackSeq } = encodeBatch(
      [
        { kind: 'add-table', table },
        { kind: 'flush-set', set: all4 },
      ],
      { ...options, firstSeq: 0xffffffff },
    );
    expect([...readMessages(bytes)].map(({ type, flags, seq }) => [type, flags & messageFlag.ack, seq])).toEqual([
      [messageType.batchBegin, 0, 0xffffffff],
      [messageType.newTable, 0, 0],
      [messageType.deleteElements, messageFlag.ack, 1],
      [messageType.batchEnd, 0, 2],
    ]);
    expect([ackSeq, lastSeq]).toEqual([1, 2]);
  });

  test('names the generation, and leaves the end out when all is only to be checked', () => {
    const { bytes } = encodeBatch([{ kind: 'add-table', table }], { ...options, ifGeneration: 258, check: true });
    expect(messagesOf(bytes)).toEqual([
      '1c000000 10000100 01000000 00000000 0000000a 08000100 00000102',
      expect.stringContaining('000a0504'),
    ]);
  });

  test('writes nothing for no elements, where a deletion would delete all', () => {
    for (const ifAbsent of ['refuse', 'ignore'] as const) {
      const { bytes, ackSeq } = encodeBatch([{ kind: 'delete-elements', set: all4, elements: [], ifAbsent }], options);
      expect([messagesOf(bytes).length, ackSeq]).toEqual([2, undefined]);
    }
  });

  test('puts more elements than an attribute holds into several messages', () => {
    const comment = 'c'.repeat(127);
    const elements = Array.from({ length: 20_000 }, (_, i) => ({ key: `10.0.${i >> 8}.${i & 255}`, comment }));
    const { bytes } = encodeBatch([{ kind: 'add-elements', set: all4, elements }], options);
    const lengths = [...readMessages(bytes)].map(({ payload }) => payload.length);
    expect(lengths.length).toBeGreaterThan(40);
    expect(Math.max(...lengths)).toBeLessThan(65_536 + 100);
    expect(read(bytes, all4)).toEqual(elements);
  });

  test('gives an element a message of its own when every fault is to be told', () => {
    const elements = ['1.2.3.4', '1.2.3.5'].map(element);
    const { bytes, locate } = encodeBatch([{ kind: 'add-elements', set: all4, elements }], {
      ...options,
      everyFault: true,
    });
    expect(messagesOf(bytes)).toHaveLength(4);
    expect(locate(3, 52)).toEqual({ command: 0, element: 1, part: 'element' });
  });

  test('knows what its messages are about, and which are of no command', () => {
    const { locate, lastSeq } = encodeBatch(
      [
        { kind: 'add-table', table },
        { kind: 'add-elements', set: all4, elements: [element('1.2.3.4')] },
      ],
      options,
    );
    expect(locate(2, undefined)).toEqual({ command: 0 });
    expect(locate(2, 20)).toEqual({ command: 0, part: 'table' });
    expect(locate(3, 36)).toEqual({ command: 1, part: 'set' });
    expect(locate(3, 52)).toEqual({ command: 1, part: 'element', element: 0 });
    expect(locate(3, 9999)).toEqual({ command: 1, part: 'other' });
    for (const seq of [0, 1, lastSeq, 99]) expect(locate(seq, 20)).toBeUndefined();
  });

  test('adds before it deletes where the kernel cannot delete what is absent', () => {
    const { bytes } = encodeBatch(
      [{ kind: 'delete-elements', set: all4, elements: [{ key: '1.2.3.4', timeoutMs: 5 }], ifAbsent: 'ignore' }],
      { ...options, destroyElements: false },
    );
    expect([...readMessages(bytes)].slice(1, -1).map(({ type }) => type)).toEqual([
      messageType.newElements,
      messageType.deleteElements,
    ]);
    expect(read(bytes, all4)).toEqual(['1.2.3.4', '1.2.3.4'].map(element));
  });

  test('cuts a comment between two characters', () => {
    for (const [comment, kept] of [
      ['x'.repeat(200), 'x'.repeat(127)],
      ['ü'.repeat(64), 'ü'.repeat(63)],
      [`${'x'.repeat(124)}😀`, 'x'.repeat(124)],
      ['a\u{d800}b', 'a\ufffdb'],
    ]) {
      const { bytes } = encodeBatch(
        [{ kind: 'add-elements', set: all4, elements: [{ key: '1.2.3.4', comment: comment as string }] }],
        options,
      );
      expect(read(bytes, all4)).toEqual([{ key: '1.2.3.4', comment: kept }]);
    }
  });

  test('takes Infinity for no end, and a part of a millisecond for one more', () => {
    const elements = [
      { key: '1.2.3.4', timeoutMs: Number.POSITIVE_INFINITY },
      { key: '1.2.3.5', timeoutMs: 0.5 },
    ];
    const { bytes } = encodeBatch([{ kind: 'add-elements', set: all4, elements }], options);
    expect(read(bytes, all4)).toEqual([element('1.2.3.4'), { key: '1.2.3.5', timeoutMs: 1 }]);
  });

  test('tells all that it cannot write, and where', () => {
    const commands: Command[] = [
      { kind: 'add-elements', set: all4, elements: ['1.2.3.4', 'x', '1.2.3.5', '::1'].map(element) },
      { kind: 'add-table', table: { family: 'inet', table: '1st' } },
      { kind: 'add-elements', set: all4, elements: [{ key: '1.2.3.4', timeoutMs: 0 }] },
      { kind: 'add-elements', set: all4, elements: [{ key: '1.2.3.4', comment: 'a\0b' }] },
    ];
    let error: unknown;
    try {
      encodeBatch(commands, options);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(NodeNetfilterError);
    expect(error).toMatchObject({
      code: 'ERR_NODE_NETFILTER_KEY',
      message: 'a key must be an IPv4 address, not "x" (and 4 more)',
      faults: [
        { command: 0, element: 1, error: { code: 'ERR_NODE_NETFILTER_KEY' } },
        { command: 0, element: 3, error: { code: 'ERR_NODE_NETFILTER_KEY' } },
        { command: 1, error: { code: 'ERR_NODE_NETFILTER_NAME' } },
        { command: 2, element: 0, error: { code: 'ERR_NODE_NETFILTER_OPTION' } },
        { command: 3, element: 0, error: { code: 'ERR_NODE_NETFILTER_NAME' } },
      ],
    });
  });

  test.each<[string, unknown]>([
    ['NAME', { kind: 'add-table', table: { family: 'inet', table: 'a b' } }],
    ['NAME', { kind: 'add-table', table: { family: 'inet', table: 'x'.repeat(128) } }],
    ['NAME', { kind: 'add-table', table: { family: 'inet', table: 'x\0' } }],
    ['NAME', { kind: 'delete-chain', chain: { ...table, chain: '' } }],
    ['NAME', { kind: 'delete-set', set: { ...all4, set: undefined } }],
    ['NAME', { kind: 'add-chain', chain: { ...table, chain: 'c', base: { ...ingress(), devices: ['a/b'] } } }],
    ['NAME', { kind: 'add-chain', chain: { ...table, chain: 'c', base: { ...ingress(), devices: ['d'.repeat(16)] } } }],
    ['OPTION', { kind: 'add-table', table: { family: 'inet6', table: 't' } }],
    ['OPTION', { kind: 'add-table', table: { ...table, flags: ['own'] } }],
    ['OPTION', { kind: 'add-chain', chain: { ...table, chain: 'c', base: { ...ingress(), priority: 2 ** 31 } } }],
    ['OPTION', { kind: 'add-chain', chain: { ...table, chain: 'c', base: { ...ingress(), hook: 'toString' } } }],
    ['OPTION', { kind: 'add-chain', chain: { ...table, chain: 'c', base: { ...ingress(), policy: 'toString' } } }],
    ['OPTION', { kind: 'add-set', set: { ...all4, maxElements: 0 } }],
    ['OPTION', { kind: 'add-set', set: { ...all4, flags: ['constructor'] } }],
    ['KEY', { kind: 'add-set', set: { ...all4, key: ['ether_addr'] } }],
    ['OPTION', { kind: 'rename-set', set: all4 }],
    ['OPTION', rule({ kind: 'source', family: 4, prefix: 33, set: 's' })],
    ['OPTION', rule({ kind: 'source', family: 5, prefix: 3, set: 's' })],
    ['OPTION', rule({ kind: 'verdict', verdict: 'toString' })],
    ['OPTION', rule({ kind: 'protocol', protocol: 'spx' })],
    ['OPTION', rule({ kind: 'shrug' })],
    ['NAME', rule({ kind: 'verdict', verdict: 'goto', chain: '1' })],
    ['KEY', { kind: 'add-elements', set: all4, elements: [{ key: 5 }] }],
    ['OPTION', { kind: 'add-elements', set: all4, elements: [{ key: '1.2.3.4', timeoutMs: Number.NaN }] }],
  ])('refuses with %s: %j', (code, command) => {
    expect(() => encodeBatch([command as Command], options)).toThrow(
      expect.objectContaining({ name: 'NodeNetfilterError', code: `ERR_NODE_NETFILTER_${code}` }),
    );
  });
});

function ingress(): object {
  return { type: 'filter', hook: 'ingress', priority: 0 };
}

function rule(statement: unknown): unknown {
  return { kind: 'add-rule', rule: { ...table, chain: 'c', statements: [statement] } };
}

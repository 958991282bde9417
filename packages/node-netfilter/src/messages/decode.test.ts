import fc from 'fast-check';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { KeyType, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import { decodeObject } from './decode-object.ts';
import { ElementReader } from './element-reader.ts';
import { encodeBatch } from './encode-batch.ts';
import { decodeAck } from './netlink/decode-ack.ts';
import { messageType } from './netlink/message-type.ts';
import { MessageWriter } from './netlink/message-writer.ts';
import { readMessages } from './netlink/read-messages.ts';
import type { RulesetObject } from './ruleset-object.ts';
import { decodeSocket } from './sock-diag/decode-socket.ts';
import { nftCases } from './testing/nft-cases.ts';

const types: readonly KeyType[] = ['ipv4_addr', 'ipv6_addr', 'inet_proto', 'inet_service'];
const name = fc.stringMatching(/^[A-Za-z][\w./-]{0,40}$/);
const family = fc.constantFrom('inet', 'ip', 'ip6', 'netdev', 'bridge', 'arp');
const tableRef = fc.record({ family, table: name });
const comment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !text.includes('\0'));
const bytesOf = (commands: readonly Command[]): Uint8Array =>
  encodeBatch(commands, { firstSeq: 1, destroyElements: true }).bytes;

/** Reads all there is of some bytes, the elements as of a set of ranges, in which the most is done. */
function readAll(bytes: Uint8Array): RulesetObject[] {
  const objects: RulesetObject[] = [];
  for (const message of readMessages(bytes)) {
    decodeAck(message);
    decodeSocket(message);
    const object = decodeObject(message);
    if (object !== undefined) objects.push(object);
    if (object?.kind !== 'elements') continue;
    for (const set of [undefined, { key: ['ipv4_addr'], flags: ['interval'] }] as const) {
      const reader = new ElementReader(set);
      reader.read(object.list);
      reader.finish();
    }
  }
  return objects;
}

/** Whether bytes are read, or refused as they should be. */
function endsWell(bytes: Uint8Array): boolean {
  try {
    readAll(bytes);
    return true;
  } catch (error) {
    return error instanceof NodeNetfilterError && error.code === 'ERR_NODE_NETFILTER_MALFORMED';
  }
}

describe('what is written is read', () => {
  test('tables', () => {
    const flags = fc.subarray(['dormant', 'owner', 'persist'] as const);
    fc.assert(
      fc.property(tableRef, flags, (ref, set) => {
        expect(readAll(bytesOf([{ kind: 'add-table', table: { ...ref, flags: set } }]))).toEqual([
          { isDeleted: false, kind: 'table', table: { ...ref, flags: set } },
        ]);
      }),
    );
  });

  test('chains', () => {
    const base = fc.record({
      type: fc.constantFrom('filter', 'nat', 'route'),
      hook: fc.constantFrom('prerouting', 'input', 'forward', 'output', 'postrouting', 'ingress'),
      priority: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      policy: fc.constantFrom('accept', 'drop'),
      devices: fc.array(fc.stringMatching(/^[a-z][a-z0-9.]{0,14}$/), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(name, name, fc.option(base, { nil: undefined }), (table, chain, at) => {
        const written = { family: 'inet', table, chain, ...(at !== undefined && { base: at }) } as const;
        expect(readAll(bytesOf([{ kind: 'add-chain', chain: written }]))).toEqual([
          { isDeleted: false, kind: 'chain', chain: written },
        ]);
      }),
    );
  });

  test('sets', () => {
    const set = fc.record(
      {
        key: fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 5 }),
        flags: fc.subarray(['constant', 'interval', 'timeout', 'dynamic'] as const),
        maxElements: fc.integer({ min: 1, max: 0xffffffff }),
        counters: fc.constant(true),
      },
      { requiredKeys: ['key', 'flags'] },
    );
    fc.assert(
      fc.property(tableRef, name, set, (ref, setName, more) => {
        const written = { ...ref, set: setName, ...more };
        expect(readAll(bytesOf([{ kind: 'add-set', set: written }]))).toEqual([
          { isDeleted: false, kind: 'set', set: written, isMap: false, isAnonymous: false },
        ]);
      }),
    );
  });

  test('counters', () => {
    const count = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(tableRef, name, count, count, (ref, counter, packets, bytes) => {
        const written = { ...ref, counter, packets, bytes };
        expect(readAll(bytesOf([{ kind: 'add-counter', counter: written }]))).toEqual([
          { isDeleted: false, kind: 'counter', counter: written },
        ]);
      }),
    );
  });

  test('elements', () => {
    const more = fc.record(
      { timeoutMs: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), comment },
      { requiredKeys: [] },
    );
    const port = fc.nat(65535).map(String);
    const keys: [SetRef['key'], SetRef['flags'], fc.Arbitrary<string>][] = [
      [['ipv4_addr'], [], fc.ipV4()],
      [['inet_service'], [], port],
      [['ipv4_addr', 'inet_service'], ['timeout'], fc.tuple(fc.ipV4(), port).map((parts) => parts.join(' . '))],
      [['ipv4_addr', 'inet_service'], ['interval'], fc.tuple(fc.ipV4(), port).map((parts) => parts.join(' . '))],
    ];
    for (const [key, flags, text] of keys) {
      const set: SetRef = { family: 'inet', table: 't', set: 's', key, ...(flags && { flags }) };
      fc.assert(
        fc.property(fc.array(fc.record({ key: text, more }), { maxLength: 300 }), (items) => {
          const elements = items.map((item): SetElement => ({ key: item.key, ...item.more }));
          const reader = new ElementReader(set);
          for (const object of readAll(bytesOf([{ kind: 'add-elements', set, elements }]))) {
            if (object.kind === 'elements') reader.read(object.list);
          }
          expect(reader.finish()).toEqual(elements);
        }),
        { numRuns: 30 },
      );
    }
  });

  test('ranges, in ascending order', () => {
    const set: SetRef = { family: 'inet', table: 't', set: 's', key: ['inet_service'], flags: ['interval'] };
    const bounds = fc.uniqueArray(fc.nat(65535), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(bounds, fc.boolean(), (numbers, isToTop) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        if (isToTop) sorted.push(65536);
        // Each range begins where the one before it ends.
        const keys = sorted.slice(1).map((end, i) => {
          const first = sorted[i] as number;
          return first === end - 1 ? String(first) : `${first}-${end - 1}`;
        });
        const reader = new ElementReader(set);
        for (const key of keys.toReversed()) {
          const [object] = readAll(bytesOf([{ kind: 'add-elements', set, elements: [{ key }] }]));
          if (object?.kind === 'elements') reader.read(object.list);
        }
        expect(reader.finish().map(({ key }) => key)).toEqual(keys);
      }),
    );
  });

  test('elements of a set that is not known, in hexadecimal', () => {
    const set: SetRef = { family: 'inet', table: 't', set: 's', key: ['ipv4_addr'] };
    const reader = new ElementReader();
    const [object] = readAll(bytesOf([{ kind: 'add-elements', set, elements: [{ key: '1.2.3.4', comment: 'x' }] }]));
    if (object?.kind === 'elements') reader.read(object.list);
    expect(reader.finish()).toEqual([{ key: '0x01020304', comment: 'x' }]);
  });
});

describe('bytes that are no messages', () => {
  const valid = nftCases.map(({ commands }) => bytesOf(commands));

  test('are refused at every length that cuts them short', () => {
    for (const bytes of valid) {
      for (let length = 1; length < bytes.length; length++) expect(endsWell(bytes.subarray(0, length))).toBe(true);
      expect(() => readAll(bytes.subarray(0, bytes.length - 1))).toThrow('a message says that it has 20 of 19 bytes');
    }
  });

  test('are refused, or read as what they say, whatever is changed in them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...valid),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (bytes, changes) => {
          const changed = bytes.slice();
          for (const [at, value] of changes) changed[at % changed.length] = value;
          expect(endsWell(changed)).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('are refused whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(endsWell(bytes)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('are refused behind the messages that are whole', () => {
    const whole = bytesOf([{ kind: 'add-table', table: { family: 'inet', table: 't' } }]);
    const seen: number[] = [];
    expect(() => {
      for (const { type } of readMessages(Uint8Array.of(...whole, 1, 2, 3))) seen.push(type);
    }).toThrow('a message of 3 bytes is shorter than its header');
    expect(seen).toEqual([messageType.batchBegin, messageType.newTable, messageType.batchEnd]);
  });

  test('are walked over once: what claims to be of no length ends it', () => {
    const attributes = new Uint8Array(1 << 16);
    const writer = new MessageWriter();
    const start = writer.begin({ type: messageType.newTable, flags: 0, seq: 1, family: 1 });
    writer.reserve(attributes.length);
    writer.length += attributes.length;
    writer.end(start);
    expect(() => readAll(writer.bytes.subarray(0, writer.length))).toThrow(
      'an attribute says that it has 0 of 65536 bytes',
    );
    expect(() => [...readMessages(new Uint8Array(16))]).toThrow('a message says that it has 0 of 16 bytes');
  });
});

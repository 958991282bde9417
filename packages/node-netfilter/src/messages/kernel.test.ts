import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { Command } from '../ruleset/command.ts';
import type { KeyType, SetFlag, SetRef } from '../ruleset/set.ts';
import { decodeObject } from './decode-object.ts';
import { ElementReader } from './element-reader.ts';
import { encodeGet } from './encode-get.ts';
import { decodeAck } from './netlink/decode-ack.ts';
import { Kernel } from './testing/kernel.ts';
import { nftCases } from './testing/nft-cases.ts';

const table = { family: 'inet', table: 't' } as const;
const setOf = (set: string, key: readonly KeyType[], ...flags: SetFlag[]): SetRef => ({ ...table, set, key, flags });
const timed = setOf('timed', ['ipv4_addr'], 'timeout');
const ranges = setOf('ranges', ['ipv4_addr'], 'interval', 'timeout');
const fields = setOf('fields', ['ipv6_addr', 'inet_service'], 'interval');

describeWith(namespaces, 'the kernel', () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await Kernel.open();
    kernel.namespace.run('ip', 'link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
  });
  afterAll(async () => {
    await kernel?.close();
  });
  beforeEach(() => {
    kernel.namespace.run('nft', 'flush ruleset');
  });

  const made = async (...more: Command[]): Promise<void> => {
    const sets = [timed, ranges, fields].map((set) => ({ kind: 'add-set', set }) as const);
    expect(await kernel.commit([{ kind: 'add-table', table }, ...sets, ...more])).toEqual([]);
  };

  test('makes of commands the ruleset that it makes of what nft sends', async () => {
    for (const { name, before, nft, commands } of nftCases) {
      kernel.namespace.run('nft', ['flush ruleset', ...before, ...nft].join('\n'));
      const wanted = kernel.list();
      kernel.namespace.run('nft', ['flush ruleset', ...before].join('\n'));
      expect([name, await kernel.commit(commands)]).toEqual([name, []]);
      expect([name, kernel.list()]).toEqual([name, wanted]);
    }
  });

  test('gives tables, chains, rules, sets and counters back', async () => {
    const chain = {
      ...table,
      chain: 'c',
      base: { type: 'filter', hook: 'ingress', priority: -500, devices: ['lo', 'veth0'], policy: 'drop' },
    } as const;
    const counter = { ...table, counter: 'denied', packets: 5n, bytes: 6n };
    await made(
      { kind: 'add-set', set: { ...setOf('counted', ['inet_proto'], 'timeout'), maxElements: 9, counters: true } },
      { kind: 'add-chain', chain },
      { kind: 'add-chain', chain: { ...table, chain: 'deny' } },
      { kind: 'add-counter', counter },
      { kind: 'add-rule', rule: { ...table, chain: 'c', statements: [{ kind: 'counter' }], comment: 'für alle' } },
      { kind: 'add-elements', set: timed, elements: [{ key: '1.2.3.4' }] },
    );
    const handle = expect.any(BigInt);
    expect(await kernel.dump({ kind: 'tables' })).toEqual([
      { isDeleted: false, kind: 'table', table: { ...table, flags: [], handle } },
    ]);
    expect(await kernel.dump({ kind: 'chains', table })).toMatchObject([
      { chain: { ...chain, handle } },
      { chain: { ...table, chain: 'deny', handle } },
    ]);
    expect(await kernel.dump({ kind: 'rules', table })).toMatchObject([
      { rule: { ...table, chain: 'c', comment: 'für alle', handle } },
    ]);
    expect(await kernel.dump({ kind: 'counters', table })).toMatchObject([{ counter }]);
    expect(await kernel.dump({ kind: 'sets', table })).toMatchObject([
      { set: { ...timed, handle }, isMap: false, isAnonymous: false },
      { set: ranges },
      { set: fields },
      { set: { set: 'counted', key: ['inet_proto'], flags: ['timeout'], maxElements: 9, counters: true } },
    ]);
  });

  test('gives elements back as they were written', async () => {
    const written = [
      [timed, [{ key: '1.2.3.4', timeoutMs: 5_000_000_000, comment: 'sshd' }, { key: '1.2.3.5' }]],
      [
        ranges,
        [
          { key: '0.0.0.0' },
          { key: '9.0.0.0-10.0.0.4', timeoutMs: 60_000, comment: 'a' },
          { key: '10.0.0.5' },
          { key: '10.0.0.6/31' },
          { key: '255.0.0.0/8', comment: 'up to the top' },
        ],
      ],
      [fields, [{ key: '2001:db8::/32 . 80-90', comment: 'b' }, { key: '::1 . 22' }]],
    ] as const;
    await made(...written.map(([set, elements]) => ({ kind: 'add-elements', set, elements }) as const));
    for (const [set, elements] of written) {
      const read = await kernel.elements(set);
      const wanted = elements.map((element) =>
        expect.objectContaining({ ...element, ...('timeoutMs' in element && { expiresInMs: expect.any(Number) }) }),
      );
      expect(read).toHaveLength(elements.length);
      expect(read).toEqual(expect.arrayContaining(wanted));
    }
  });

  test('gives a single element, both ends of a range, and an error for what is not there', async () => {
    await made(
      { kind: 'add-elements', set: timed, elements: [{ key: '1.2.3.4', comment: 'x' }] },
      { kind: 'add-elements', set: ranges, elements: [{ key: '10.0.0.0/8' }] },
    );
    const get = async (set: SetRef, key: string): Promise<unknown> => {
      const reader = new ElementReader(set);
      for (const message of await kernel.ask(encodeGet({ kind: 'element', set, key }, 1))) {
        const object = decodeObject(message);
        if (object?.kind === 'elements') reader.read(object.list);
        else return decodeAck(message)?.errno;
      }
      return reader.finish();
    };
    expect(await get(timed, '1.2.3.4')).toEqual([{ key: '1.2.3.4', comment: 'x' }]);
    expect(await get(ranges, '10.0.0.0/8')).toEqual([{ key: '10.0.0.0/8' }]);
    expect(await get(timed, '1.2.3.5')).toBe(2);
  });

  test('counts packets for each element', async () => {
    const counted = { ...setOf('counted', ['ipv4_addr']), counters: true };
    await made(
      { kind: 'add-set', set: counted },
      { kind: 'add-elements', set: counted, elements: [{ key: '127.0.0.1' }] },
      {
        kind: 'add-chain',
        chain: { ...table, chain: 'c', base: { type: 'filter', hook: 'input', priority: 0 } },
      },
      {
        kind: 'add-rule',
        rule: { ...table, chain: 'c', statements: [{ kind: 'source', family: 4, prefix: 32, set: 'counted' }] },
      },
    );
    kernel.namespace.run('bash', '-c', 'echo -n 12345 >/dev/udp/127.0.0.1/9');
    const [element] = await kernel.elements(counted);
    expect(element).toMatchObject({ key: '127.0.0.1', packets: expect.any(BigInt), bytes: expect.any(BigInt) });
    expect(element?.packets).toBeGreaterThan(0n);
    expect(element?.bytes).toBeGreaterThanOrEqual(33n);
  });

  test('says which element it refuses, whatever is written before it', async () => {
    await made(
      { kind: 'add-elements', set: timed, elements: [{ key: '1.2.3.4' }] },
      { kind: 'add-elements', set: ranges, elements: [{ key: '1.2.3.4' }, { key: '10.0.0.0/8' }] },
    );
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      key: `20.0.${i >> 8}.${i & 255}`,
      ...(i % 3 === 0 && { timeoutMs: 60_000 }),
      comment: 'x'.repeat(i % 130),
    }));
    for (const index of [0, 1, 617, 9999]) {
      const elements = many.with(index, { key: '1.2.3.4', comment: 'y' });
      const place = { command: 1, element: index, part: 'element' };
      for (const set of [timed, ranges]) {
        expect(
          await kernel.commit([
            { kind: 'add-table', table },
            { kind: 'add-elements', set, elements, ifPresent: 'refuse' },
          ]),
        ).toEqual([{ errno: 17, place }]);
      }
    }
    expect(
      await kernel.commit([
        { kind: 'delete-elements', set: ranges, elements: [{ key: '1.2.3.4' }, { key: '9.9.9.9' }] },
      ]),
    ).toEqual([{ errno: 2, place: { command: 0, element: 1, part: 'element' } }]);
    expect(await kernel.elements(timed)).toHaveLength(1);
  });

  test('says all elements that it refuses when it is asked to', async () => {
    await made({ kind: 'add-elements', set: timed, elements: [{ key: '1.2.3.4' }] });
    const elements = ['1.2.3.4', '1.2.3.5', '1.2.3.4', '1.2.3.6'].map((key) => ({ key }));
    const refused = await kernel.commit([{ kind: 'add-elements', set: timed, elements, ifPresent: 'refuse' }], {
      everyFault: true,
    });
    expect(refused.map(({ place }) => place?.element)).toEqual([0, 2]);
  });

  test('says what else it refuses', async () => {
    await made({ kind: 'add-chain', chain: { ...table, chain: 'c' } });
    const element = [{ key: '1.2.3.4' }];
    const rule = (chain: string, set: string): Command => ({
      kind: 'add-rule',
      rule: { ...table, chain, statements: [{ kind: 'counter' }, { kind: 'destination-port', set }] },
    });
    const refusals: [string, number, Command][] = [
      ['table', 2, { kind: 'add-elements', set: { ...timed, table: 'none' }, elements: element }],
      ['set', 2, { kind: 'add-elements', set: { ...timed, set: 'none' }, elements: element }],
      ['chain', 2, rule('none', 'timed')],
      ['statement', 2, rule('c', 'none')],
      ['chain', 2, { kind: 'delete-chain', chain: { ...table, chain: 'none' } }],
      ['set', 17, { kind: 'add-set', set: { ...timed, key: ['ipv6_addr'] } }],
    ];
    for (const [part, errno, command] of refusals) {
      expect(await kernel.commit([command])).toEqual([{ errno, place: { command: 0, part } }]);
    }
  });

  test('deletes what may be absent, also where it has no message for that', async () => {
    for (const destroyElements of [true, false]) {
      for (const set of [timed, ranges]) {
        kernel.namespace.run('nft', 'flush ruleset');
        await made({ kind: 'add-elements', set, elements: [{ key: '1.2.3.4' }, { key: '1.2.3.9' }] });
        const elements = [{ key: '1.2.3.4', comment: 'x' }, { key: '1.2.3.5' }];
        expect(
          await kernel.commit([{ kind: 'delete-elements', set, elements, ifAbsent: 'ignore' }], { destroyElements }),
        ).toEqual([]);
        expect(await kernel.elements(set)).toEqual([{ key: '1.2.3.9' }]);
      }
    }
  });

  test('changes nothing for a batch that is only checked, and says its faults', async () => {
    await made();
    const add = (key: string): Command => ({ kind: 'add-elements', set: timed, elements: [{ key }] });
    expect(await kernel.commit([add('1.2.3.4')], { check: true })).toEqual([]);
    expect(
      await kernel.commit([add('1.2.3.4'), { kind: 'delete-elements', set: timed, elements: [{ key: '9.9.9.9' }] }], {
        check: true,
      }),
    ).toMatchObject([{ errno: 2, place: { command: 1, element: 0 } }]);
    expect(await kernel.elements(timed)).toEqual([]);
  });

  test('refuses a batch for another generation', async () => {
    await made();
    const [generation] = (await kernel.ask(encodeGet({ kind: 'generation' }, 1))).map(decodeObject);
    if (generation?.kind !== 'generation') throw new Error('no generation');
    const add: Command = { kind: 'add-table', table };
    expect(await kernel.commit([add], { ifGeneration: generation.generation })).toEqual([]);
    expect(await kernel.commit([add], { ifGeneration: generation.generation + 1000 })).toEqual([
      { errno: 85, place: undefined },
    ]);
  });
});

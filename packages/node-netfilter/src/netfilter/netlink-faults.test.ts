import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { Command } from '../ruleset/command.ts';
import { elementOf, NetlinkScene, upTo } from '../testing/netlink-scene.ts';
import type { CommitOptions } from './netfilter.ts';
import { openNetfilter } from './open-netfilter.ts';

const code = (name: string): string => `ERR_NODE_NETFILTER_${name}`;

describeWith(namespaces, 'a transaction that the kernel refuses', () => {
  let scene: NetlinkScene;

  beforeAll(async () => {
    scene = await NetlinkScene.open({ sendBufferBytes: 100_000 });
  });

  afterAll(() => scene?.close());

  beforeEach(async () => {
    scene.empty();
    await scene.netfilter.commit(scene.made);
  });

  const refused = async (
    commands: readonly Command[],
    name: string,
    place: { command: number; element?: number },
    options: CommitOptions = {},
  ): Promise<void> => {
    const before = scene.namespace.run('nft', 'list', 'ruleset');
    await expect(scene.netfilter.commit(commands, options)).rejects.toMatchObject({
      code: code(name),
      faults: expect.arrayContaining([{ ...place, error: expect.objectContaining({ code: code(name) }) }]),
    });
    expect(scene.namespace.run('nft', 'list', 'ruleset')).toBe(before);
  };

  test('names the table that is not there', async () => {
    const elsewhere = { ...scene.set, table: 'elsewhere' };
    await refused([scene.add([1]), scene.add([1], elsewhere)], 'NO_TABLE', { command: 1 });
    await refused([{ kind: 'delete-table', table: elsewhere }], 'NO_TABLE', { command: 0 });
    await refused([{ kind: 'add-chain', chain: { ...elsewhere, chain: 'c' } }], 'NO_TABLE', { command: 0 });
  });

  test('names the set that is not there', async () => {
    const other = { ...scene.set, set: 'other' };
    await refused([scene.add([1]), scene.add([1], other)], 'NO_SET', { command: 1 });
    await refused([{ kind: 'flush-set', set: other }], 'NO_SET', { command: 0 });
    await refused([{ kind: 'delete-set', set: other }], 'NO_SET', { command: 0 });
  });

  test('names the element that is not there, of a thousand', async () => {
    const elements = upTo(1000).map(elementOf);
    await scene.netfilter.commit([scene.add(upTo(1000).filter((number) => number !== 617))]);
    await refused([{ kind: 'delete-elements', set: scene.set, elements }], 'NO_ELEMENT', { command: 0, element: 617 });
  });

  test('names the element that is there already', async () => {
    await scene.netfilter.commit([scene.add([7])]);
    await refused([{ ...scene.add([6, 7, 8]), ifPresent: 'refuse' } as Command], 'EXISTS', { command: 0, element: 1 });
  });

  test('names the first element that has no room in the set', async () => {
    const small = { ...scene.set, set: 'small', maxElements: 500 };
    await scene.netfilter.commit([{ kind: 'add-set', set: small }]);
    await refused([scene.add(upTo(1000), small)], 'FULL', { command: 0, element: 500 });
  });

  test('names every element that is wrong when asked to', async () => {
    await scene.netfilter.commit([scene.add([2, 4])]);
    const commands = [{ ...scene.add([1, 2, 3, 4]), ifPresent: 'refuse' } as Command];
    await refused(commands, 'EXISTS', { command: 0, element: 1 }, { everyFault: true });
    await refused(commands, 'EXISTS', { command: 0, element: 3 }, { everyFault: true });
  });

  test('names the chain, or what of a rule, is not there', async () => {
    const rule = { ...scene.table, chain: 'c', statements: [{ kind: 'counter', name: 'c' }] } as const;
    await refused([{ kind: 'add-rule', rule }], 'NOT_FOUND', { command: 0 });
    await refused(
      [
        { kind: 'add-chain', chain: rule },
        { kind: 'add-rule', rule },
      ],
      'NOT_FOUND',
      { command: 1 },
    );
  });

  test('tells a set of another kind from the same one', async () => {
    await scene.netfilter.commit([{ kind: 'add-set', set: scene.set }]);
    await refused([{ kind: 'add-set', set: { ...scene.set, key: ['ipv6_addr'] } }], 'EXISTS', { command: 0 });
  });

  test('names what is in use', async () => {
    const rule = {
      ...scene.table,
      chain: 'c',
      statements: [{ kind: 'source', family: 4, prefix: 32, set: scene.set.set }],
    } as const;
    await scene.netfilter.commit([
      { kind: 'add-chain', chain: rule },
      { kind: 'add-rule', rule },
    ]);
    await refused([{ kind: 'delete-set', set: scene.set }], 'REFUSED', { command: 0 });
  });

  test('is refused for what this set cannot hold', async () => {
    const timeless = { ...scene.set, set: 'timeless', flags: [] };
    await scene.netfilter.commit([{ kind: 'add-set', set: timeless }]);
    const elements = [elementOf(1), { ...elementOf(2), timeoutMs: 1000 }];
    await refused([{ kind: 'add-elements', set: timeless, elements }], 'UNSUPPORTED', { command: 0, element: 1 });
  });

  test('names each text that is no key before anything is sent', async () => {
    const elements = [elementOf(1), { key: '10.0.0.256' }, { key: '::1' }];
    const commands: readonly Command[] = [{ kind: 'add-elements', set: scene.set, elements }];
    await refused(commands, 'KEY', { command: 0, element: 1 });
    await refused(commands, 'KEY', { command: 0, element: 2 });
  });

  test('is refused when the ruleset is of another generation by now', async () => {
    const ifGeneration = await scene.netfilter.generation();
    await scene.netfilter.commit([scene.add([1])], { ifGeneration });
    await expect(scene.netfilter.commit([scene.add([2])], { ifGeneration })).rejects.toMatchObject({
      code: code('STALE'),
      errno: 85,
    });
    expect(await scene.netfilter.elements(scene.set)).toMatchObject([elementOf(1)]);
  });

  test('is refused when it does not fit into the send buffer', async () => {
    const { maxTransactionBytes } = scene.netfilter.capabilities;
    const numbers = upTo(Math.ceil(maxTransactionBytes / 16) + 1);
    await expect(scene.netfilter.commit([scene.add(numbers)])).rejects.toMatchObject({
      code: code('TOO_LARGE'),
      limit: maxTransactionBytes,
      cure: expect.stringContaining('net.core.wmem_max'),
    });
  });

  test('takes what just fits into the send buffer, and the kernel agrees about what does not', async () => {
    const socket = await scene.sockets.open(12);
    const noMessage = (bytes: number): Uint8Array => {
      const request = new Uint8Array(bytes);
      // NLMSG_NOOP, which the kernel takes and ignores.
      new Uint32Array(request.buffer, 0, 1)[0] = bytes;
      new Uint16Array(request.buffer, 4, 1)[0] = 1;
      return request;
    };
    expect(await socket.exchange(noMessage(socket.maxRequestBytes))).toMatchObject({ errno: 0 });
    expect(await socket.exchange(noMessage(socket.maxRequestBytes + 4))).toMatchObject({ errno: 90 });
    await socket.close();
  });

  test('changes nothing when it is only checked, and tells faults all the same', async () => {
    const before = await scene.netfilter.generation();
    await scene.netfilter.commit([scene.add([1])], { check: true });
    expect(await scene.netfilter.elements(scene.set)).toEqual([]);
    const absent: Command = { kind: 'delete-elements', set: scene.set, elements: [elementOf(1)] };
    await refused([absent], 'NO_ELEMENT', { command: 0, element: 0 }, { check: true });
    expect(await scene.netfilter.generation()).toBe(before);
  });

  test('is told from others by the socket that the table belongs to', async () => {
    const owner = await openNetfilter({ sockets: scene.sockets });
    const mine = { ...scene.table, table: 'mine' };
    await owner.commit([
      { kind: 'add-table', table: { ...mine, flags: ['owner'] } },
      { kind: 'add-set', set: { ...scene.set, table: 'mine' } },
    ]);
    expect(await scene.netfilter.tables()).toContainEqual(
      expect.objectContaining({ table: 'mine', flags: ['owner'], ownerPortId: owner.portId }),
    );
    const commands = [scene.add([1]), scene.add([1], { ...scene.set, table: 'mine' })];
    await refused(commands, 'OWNED', { command: 1 });
    await expect(scene.netfilter.commit(commands)).rejects.toThrow(`number ${owner.portId}`);
    await owner.close();
    expect(await scene.netfilter.tables()).not.toContainEqual(expect.objectContaining({ table: 'mine' }));
  });
});

describeWith(namespaces, 'a process that loses CAP_NET_ADMIN', () => {
  test('is told so, whatever it asks', async () => {
    const scene = await NetlinkScene.open();
    const { netfilter, sockets } = scene;
    await netfilter.commit(scene.made);
    await sockets.dropCapabilities();
    const denied = { code: code('PERMISSION'), errno: 1, cure: expect.stringContaining('CAP_NET_ADMIN') };
    await expect(netfilter.commit([scene.add([1])])).rejects.toMatchObject(denied);
    await expect(netfilter.generation()).rejects.toMatchObject(denied);
    await expect(netfilter.elements(scene.set)).rejects.toMatchObject(denied);
    await expect(netfilter.tables()).rejects.toMatchObject(denied);
    await expect(openNetfilter({ sockets })).rejects.toMatchObject(denied);
    await scene.close();
  });
});

import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import { elementOf, NetlinkScene, upTo } from '../testing/netlink-scene.ts';
import { commitAll } from './commit-all.ts';

const code = (name: string): { code: string } => expect.objectContaining({ code: `ERR_NODE_NETFILTER_${name}` });

describeWith(namespaces, 'commitAll', () => {
  let scene: NetlinkScene;

  beforeAll(async () => {
    scene = await NetlinkScene.open();
  });

  afterAll(() => scene?.close());

  beforeEach(async () => {
    scene.empty();
    await scene.netfilter.commit(scene.made);
  });

  const keys = async (): Promise<readonly string[]> =>
    (await scene.netfilter.elements(scene.set)).map(({ key }) => key).sort();

  const keysOf = (numbers: readonly number[]): readonly string[] => numbers.map((n) => elementOf(n).key).sort();

  test('has no faults to tell when all is well, in one transaction', async () => {
    const before = await scene.netfilter.generation();
    expect(await commitAll(scene.netfilter, [scene.add([1, 2]), scene.add([3])])).toEqual([]);
    expect(await scene.netfilter.generation()).toBe(before + 1);
    expect(await keys()).toEqual(keysOf([1, 2, 3]));
  });

  test('puts everything but what is wrong into effect', async () => {
    await scene.netfilter.commit([scene.add([2, 5])]);
    const fresh: Command = {
      kind: 'add-elements',
      set: scene.set,
      elements: upTo(7).map(elementOf),
      ifPresent: 'refuse',
    };
    const nowhere = scene.add([9], { ...scene.set, set: 'nowhere' });
    const unreadable: Command = { kind: 'add-elements', set: scene.set, elements: [{ key: '?' }, elementOf(10)] };
    expect(await commitAll(scene.netfilter, [fresh, nowhere, scene.add([8]), unreadable])).toEqual([
      { command: 0, element: 2, error: code('EXISTS') },
      { command: 0, element: 5, error: code('EXISTS') },
      { command: 1, error: code('NO_SET') },
      { command: 3, element: 0, error: code('KEY') },
    ]);
    expect(await keys()).toEqual(keysOf([0, 1, 2, 3, 4, 5, 6, 8, 10]));
  });

  test('leaves out what stands on what was left out', async () => {
    const rule = { ...scene.table, chain: 'c', statements: [{ kind: 'counter', name: 'none' }] } as const;
    const commands: readonly Command[] = [
      { kind: 'add-chain', chain: { ...rule, table: 'none' } },
      { kind: 'add-rule', rule },
      scene.add([1]),
    ];
    expect(await commitAll(scene.netfilter, commands)).toEqual([
      { command: 0, error: code('NO_TABLE') },
      { command: 1, error: code('NOT_FOUND') },
    ]);
    expect(await keys()).toEqual(keysOf([1]));
  });

  test('fills a set to its last place', async () => {
    const small = { ...scene.set, set: 'small', maxElements: 10 };
    await scene.netfilter.commit([{ kind: 'add-set', set: small }]);
    const faults = await commitAll(scene.netfilter, [scene.add(upTo(8), small), scene.add([20, 21, 22, 23], small)]);
    expect(faults).toEqual([
      { command: 1, element: 2, error: code('FULL') },
      { command: 1, element: 3, error: code('FULL') },
    ]);
    expect(await scene.netfilter.elements(small)).toHaveLength(10);
  });

  test('tells one fault for each command when nothing can be put into effect', async () => {
    const signal = AbortSignal.abort();
    expect(await commitAll(scene.netfilter, [scene.add([1, 2]), scene.add([3])], { signal })).toEqual([
      { command: 0, error: code('ABORTED') },
      { command: 1, error: code('ABORTED') },
    ]);
  });

  test('finds faults of a rehearsal and changes nothing', async () => {
    const absent: Command = { kind: 'delete-elements', set: scene.set, elements: [elementOf(1), elementOf(2)] };
    expect(await commitAll(scene.netfilter, [scene.add([2]), absent], { check: true })).toEqual([
      { command: 1, element: 0, error: code('NO_ELEMENT') },
    ]);
    expect(await keys()).toEqual([]);
  });

  test('does of any additions and deletions exactly those that can be done one by one', async () => {
    const change = fc.record({
      isAdd: fc.boolean(),
      numbers: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        await scene.netfilter.commit([{ kind: 'flush-set', set: scene.set }]);
        const model = new Set<number>();
        const expected: { command: number; element: number }[] = [];
        for (const [command, { isAdd, numbers }] of changes.entries()) {
          for (const [element, number] of numbers.entries()) {
            if (model.has(number) === isAdd) expected.push({ command, element });
            else if (isAdd) model.add(number);
            else model.delete(number);
          }
        }
        const commands = changes.map(({ isAdd, numbers }): Command => {
          const elements = numbers.map(elementOf);
          return isAdd
            ? { kind: 'add-elements', set: scene.set, elements, ifPresent: 'refuse' }
            : { kind: 'delete-elements', set: scene.set, elements };
        });
        const faults = await commitAll(scene.netfilter, commands);
        expect(faults.map(({ command, element }) => ({ command, element }))).toEqual(expected);
        expect(await keys()).toEqual(keysOf([...model]));
      }),
      { numRuns: 60 },
    );
  });
});

describeWith(namespaces, 'commitAll over a socket with small buffers', () => {
  let scene: NetlinkScene;

  beforeAll(async () => {
    scene = await NetlinkScene.open({ sendBufferBytes: 32_768, receiveBufferBytes: 32_768 });
  });

  afterAll(() => scene?.close());

  beforeEach(async () => {
    scene.empty();
    await scene.netfilter.commit(scene.made);
  });

  test('commits in parts what does not fit', async () => {
    const count = Math.ceil(scene.netfilter.capabilities.maxTransactionBytes / 16) + 1;
    const all: Command = { kind: 'add-elements', set: scene.set, elements: upTo(count).map(elementOf) };
    const absent: Command = { kind: 'delete-elements', set: scene.set, elements: [elementOf(count), elementOf(0)] };
    expect(await commitAll(scene.netfilter, [...upTo(2000).map(() => scene.add([0])), all, absent])).toEqual([
      { command: 2001, element: 0, error: code('NO_ELEMENT') },
    ]);
    expect(await scene.netfilter.elements(scene.set)).toHaveLength(count - 1);
  });

  test('finds every fault of a transaction that fits, but not with a message for each element', async () => {
    const count = Math.floor(scene.netfilter.capabilities.maxTransactionBytes / 16) - 200;
    await scene.netfilter.commit([scene.add(upTo(count).filter((number) => number % 2 === 0))]);
    const commands = [{ ...scene.add(upTo(count)), ifPresent: 'refuse' } as Command];
    const faults = await commitAll(scene.netfilter, commands);
    expect(faults).toHaveLength(Math.ceil(count / 2));
    expect(faults.every(({ element }) => element !== undefined && element % 2 === 0)).toBe(true);
    expect(await scene.netfilter.elements(scene.set)).toHaveLength(count);
  });

  test('finds every fault where there are more than the socket can be told of at once', async () => {
    await scene.netfilter.commit([scene.add(upTo(800))]);
    const commands = [{ ...scene.add(upTo(900)), ifPresent: 'refuse' } as Command];
    const overrun = await scene.netfilter.commit(commands, { everyFault: true }).catch((error: unknown) => error);
    expect(overrun).toMatchObject({ code: 'ERR_NODE_NETFILTER_EXISTS' });
    const told = (overrun as NodeNetfilterError).faults.length;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(800);
    expect(await commitAll(scene.netfilter, commands)).toEqual(
      upTo(800).map((element) => ({ command: 0, element, error: code('EXISTS') })),
    );
    expect(await scene.netfilter.elements(scene.set)).toHaveLength(900);
  });
});

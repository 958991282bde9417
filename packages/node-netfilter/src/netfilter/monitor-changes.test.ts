import type { Subscription } from 'rxjs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { until } from '../../../../tools/testing/until.ts';
import { elementOf, NetlinkScene, upTo } from '../testing/netlink-scene.ts';
import { openNetfilter } from './open-netfilter.ts';
import type { RulesetChange } from './ruleset-change.ts';

type OfElements = Extract<RulesetChange, { elements: unknown }>;

describeWith(namespaces, 'monitor over netlink', () => {
  let scene: NetlinkScene;
  let descriptors: number;
  let changes: RulesetChange[];
  let subscription: Subscription;

  beforeAll(async () => {
    scene = await NetlinkScene.open();
    descriptors = await scene.sockets.descriptors();
  });

  afterAll(() => scene?.close());

  beforeEach(async () => {
    scene.empty();
    changes = [];
    // The one before is gone, and this one hears from the moment that its socket is there.
    while ((await scene.sockets.descriptors()) !== descriptors);
    subscription = scene.netfilter.monitor({ intervalMs: 1 }).subscribe((change) => changes.push(change));
    while ((await scene.sockets.descriptors()) === descriptors);
  });

  afterEach(() => subscription.unsubscribe());

  const committed = async (generations: number): Promise<void> => {
    await until(
      () => changes.filter(({ kind }) => kind === 'generation').length === generations,
      () => changes,
    );
  };

  const kinds = (): readonly string[] => changes.map(({ kind }) => kind);

  test('tells what this process commits, in its order, and by whom', async () => {
    await scene.netfilter.commit([...scene.made, scene.add([1, 2])]);
    await committed(1);
    expect(kinds()).toEqual(['table-added', 'set-added', 'elements-added', 'generation']);
    expect(changes[0]).toMatchObject({ table: scene.table, byPortId: scene.netfilter.portId });
    expect(changes[1]).toMatchObject({ set: scene.set, byPortId: scene.netfilter.portId });
    expect(changes[2]).toEqual({
      kind: 'elements-added',
      set: { ...scene.table, set: 's' },
      elements: [elementOf(1), elementOf(2)],
      byPortId: scene.netfilter.portId,
    });
    expect(changes[3]).toMatchObject({
      generation: await scene.netfilter.generation(),
      processId: expect.any(Number),
      processName: expect.any(String),
    });
  });

  test('tells what others commit', async () => {
    scene.namespace.run('nft', 'add table ip x; add chain ip x c; add rule ip x c counter comment "hello"');
    await committed(1);
    expect(kinds()).toEqual(['table-added', 'chain-added', 'rule-added', 'generation']);
    expect(changes[2]).toMatchObject({ rule: { family: 'ip', table: 'x', chain: 'c', comment: 'hello' } });
    expect(changes[3]).toMatchObject({ processName: 'nft' });
    expect(changes[0]?.byPortId).not.toBe(scene.netfilter.portId);
    scene.namespace.run('nft', 'flush', 'ruleset');
    await committed(2);
    expect(kinds().slice(4).sort()).toEqual(['chain-deleted', 'generation', 'rule-deleted', 'table-deleted']);
  });

  test('knows how the keys of a set read that was there before', async () => {
    const set = { ...scene.table, set: 'p', key: ['ipv4_addr', 'inet_proto', 'inet_service'] } as const;
    await scene.netfilter.commit([...scene.made, { kind: 'add-set', set }]);
    await committed(1);
    subscription.unsubscribe();
    changes = [];
    const other = await openNetfilter({ sockets: scene.sockets });
    subscription = other.monitor({ intervalMs: 1 }).subscribe((change) => changes.push(change));
    let number = 1;
    while (changes.length === 0) {
      await scene.netfilter.commit([
        { kind: 'add-elements', set, elements: [{ key: `10.0.0.${number++} . tcp . 22` }] },
      ]);
    }
    const added = changes.find(({ kind }) => kind === 'elements-added') as OfElements;
    expect(added.elements).toEqual([{ key: expect.stringMatching(/^10\.0\.0\.\d+ \. tcp \. 22$/) }]);
    await other.close();
  });

  test('reads the keys of a set that was made anew with another type', async () => {
    await scene.netfilter.commit([...scene.made, scene.add([1])]);
    const set = { ...scene.set, key: ['ipv6_addr'] } as const;
    await scene.netfilter.commit([
      { kind: 'delete-set', set },
      { kind: 'add-set', set },
      { kind: 'add-elements', set, elements: [{ key: '2001:db8::1' }] },
    ]);
    await committed(2);
    const added = changes.filter(({ kind }) => kind === 'elements-added') as OfElements[];
    expect(added.map(({ elements }) => elements)).toEqual([[elementOf(1)], [{ key: '2001:db8::1' }]]);
  });

  test('tells ranges as ranges', async () => {
    const set = { ...scene.set, set: 'i', flags: ['interval'] } as const;
    const elements = [{ key: '10.0.0.0/8' }, { key: '192.0.2.1-192.0.2.9' }, { key: '203.0.113.7' }];
    await scene.netfilter.commit([...scene.made, { kind: 'add-set', set }, { kind: 'add-elements', set, elements }]);
    await scene.netfilter.commit([{ kind: 'delete-elements', set, elements: elements.slice(0, 1) }]);
    await committed(2);
    const told = changes.filter(({ kind }) => kind.startsWith('elements')) as OfElements[];
    expect(told.map((change) => [change.kind, change.elements])).toEqual([
      ['elements-added', elements],
      ['elements-deleted', elements.slice(0, 1)],
    ]);
  });

  test('tells all elements of a large transaction, in parts', async () => {
    await scene.netfilter.commit([...scene.made, scene.add(upTo(5000))]);
    await committed(1);
    const added = changes.filter(({ kind }) => kind === 'elements-added') as OfElements[];
    expect(added.length).toBeGreaterThan(1);
    const told = added.flatMap(({ elements }) => elements.map(({ key }) => key));
    expect(new Set(told)).toEqual(new Set(upTo(5000).map((n) => elementOf(n).key)));
  });
});

describeWith(namespaces, 'a monitor with a small buffer', () => {
  test('says when changes were lost, behind those that it could still tell, and goes on', async () => {
    const scene = await NetlinkScene.open({ receiveBufferBytes: 16_384 });
    const changes: RulesetChange[] = [];
    const before = await scene.sockets.descriptors();
    const subscription = scene.netfilter.monitor({ intervalMs: 1 }).subscribe((change) => changes.push(change));
    while ((await scene.sockets.descriptors()) === before);
    await scene.netfilter.commit([...scene.made, scene.add(upTo(5000))]);
    await until(
      () => changes.at(-1)?.kind === 'overrun',
      () => changes.map(({ kind }) => kind),
    );
    await scene.netfilter.commit([scene.add([6000])]);
    await until(
      () => changes.at(-1)?.kind === 'generation',
      () => changes.map(({ kind }) => kind),
    );
    expect(changes.slice(-2)).toMatchObject([{ elements: [elementOf(6000)] }, { kind: 'generation' }]);
    subscription.unsubscribe();
    await scene.close();
  });
});

describeWith(namespaces, 'the end of a monitor', () => {
  let scene: NetlinkScene;
  let before: number;

  beforeAll(async () => {
    scene = await NetlinkScene.open();
    before = await scene.sockets.descriptors();
  });

  afterAll(() => scene?.close());

  const listening = async (count: number): Promise<void> => {
    let open = -1;
    while (open !== before + count) open = await scene.sockets.descriptors();
  };

  test('comes with unsubscribing, which closes its socket', async () => {
    const subscription = scene.netfilter.monitor().subscribe();
    await listening(1);
    subscription.unsubscribe();
    await listening(0);
  });

  test('comes with its signal, which completes it', async () => {
    const abort = new AbortController();
    let isComplete = false;
    scene.netfilter.monitor({ signal: abort.signal }).subscribe({
      complete: () => {
        isComplete = true;
      },
    });
    await listening(1);
    abort.abort();
    expect(isComplete).toBe(true);
    await listening(0);
  });

  test('comes with the end of the netfilter that it is of', async () => {
    const netfilter = await openNetfilter({ sockets: scene.sockets });
    let isComplete = false;
    netfilter.monitor().subscribe({
      complete: () => {
        isComplete = true;
      },
    });
    await listening(2);
    await netfilter.close();
    expect(isComplete).toBe(true);
    await listening(0);
  });

  test('is an error where the process may not listen', async () => {
    const sockets = scene.sockets;
    await sockets.dropCapabilities();
    const error = await new Promise((resolve) => {
      scene.netfilter.monitor().subscribe({ error: resolve });
    });
    expect(error).toMatchObject({ code: 'ERR_NODE_NETFILTER_PERMISSION' });
    await listening(0);
  });
});

import type { Command } from '../index.ts';
import type { E2eScene } from './testing/e2e-scene.ts';
import { onBothKernels } from './testing/on-both-kernels.ts';

const set = { family: 'inet', table: 'mine', set: 'numbers', key: ['ipv4_addr'] } as const;
const table: Command = { kind: 'add-table', table: { family: 'inet', table: 'mine' } };

/** 10.0.0.0, 10.0.0.1 … */
const address = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
const some = (count: number, from = 0) => Array.from({ length: count }, (_, i) => ({ key: address(from + i) }));
const block = (network: string) => ({ kind: 'block', network }) as const;

/** A process with no capabilities at all, whoever it belongs to. */
const powerless = ['setpriv', '--bounding-set', '-all', '--inh-caps', '-all'];

onBothKernels('a commit', [], (each) => {
  /** A table with a set of ours, and what works on them. */
  async function ready({ firewall }: E2eScene) {
    const commit = (commands: readonly Command[], options = {}) => firewall.call('commit', commands, options);
    await firewall.call('openNetfilter', {});
    await commit([table, { kind: 'add-set', set: { ...set, maxElements: 500 } }]);
    return { commit, size: async () => (await firewall.call('elements', set)).length };
  }

  test('with a fault is none at all, and names the command and the element', () =>
    each(async (scene) => {
      const { commit, size } = await ready(scene);
      await commit([{ kind: 'add-elements', set, elements: [{ key: '10.0.1.7' }] }]);
      const refuse: Command = { kind: 'add-elements', set, elements: some(400), ifPresent: 'refuse' };
      expect(await commit([refuse])).toMatchObject({
        code: 'ERR_NODE_NETFILTER_EXISTS',
        faults: [{ command: 0, element: 263 }],
      });
      expect(await size()).toBe(1);
    }));

  test('into a set that is full is refused by the element that has no room', () =>
    each(async (scene) => {
      const { commit, size } = await ready(scene);
      expect(await commit([{ kind: 'add-elements', set, elements: some(1000) }])).toMatchObject({
        code: 'ERR_NODE_NETFILTER_FULL',
        faults: [{ command: 0, element: 500 }],
      });
      expect(await size()).toBe(0);
    }));

  test('to a table that is gone says so', () =>
    each(async (scene) => {
      const { commit } = await ready(scene);
      scene.nft('flush ruleset');
      expect(await commit([{ kind: 'add-elements', set, elements: some(1) }])).toMatchObject({
        code: 'ERR_NODE_NETFILTER_NO_TABLE',
      });
    }));

  test('of another generation than it was made for is refused', () =>
    each(async (scene) => {
      const { commit } = await ready(scene);
      const ifGeneration = await scene.firewall.call('generation');
      scene.nft('add table inet other');
      const late: Command = { kind: 'add-elements', set, elements: some(1) };
      expect(await commit([late], { ifGeneration })).toMatchObject({ code: 'ERR_NODE_NETFILTER_STALE' });
      expect(await commit([late], { ifGeneration: await scene.firewall.call('generation') })).toBeUndefined();
    }));

  test('that is only checked leaves nothing', () =>
    each(async (scene) => {
      const { commit, size } = await ready(scene);
      expect(await commit([{ kind: 'add-elements', set, elements: some(10) }], { check: true })).toBeUndefined();
      expect(await size()).toBe(0);
    }));
});

onBothKernels('a block list', [], (each) => {
  test('that is full blocks as many as it holds, and refuses each other one with the reason', () =>
    each(async (scene) => {
      await scene.block({ maxElements: 500 });
      const outcomes = await scene.firewall.call(
        'apply',
        some(1000).map(({ key }) => block(key)),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(500);
      expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set([undefined, 'ERR_NODE_NETFILTER_FULL']));
      expect(await scene.firewall.call('list')).toHaveLength(500);
    }));

  test('of 100,000 works within the small send buffer of a plain user too', () =>
    each(async (scene) => {
      await scene.block({});
      const outcomes = await scene.firewall.call(
        'apply',
        some(100_000).map(({ key }) => block(key)),
      );
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      const report = await scene.firewall.call(
        'reconcile',
        some(100_000, 50_000).map(({ key }) => ({ network: key })),
      );
      expect(report).toEqual({ added: 50_000, removed: 50_000, kept: 50_000, failed: [] });
      expect(await scene.firewall.call('list')).toHaveLength(100_000);
    }));

  test('rehearses without a change', () =>
    each(async (scene) => {
      await scene.block({});
      expect(await scene.firewall.call('dryRun', [block('10.77.0.1'), block('nonsense')])).toEqual([
        { ok: true },
        { ok: false, code: 'ERR_NODE_NETFILTER_KEY' },
      ]);
      expect(await scene.net.ask('10.77.0.1')).toBe('served');
    }));

  test('is refused to a process without capabilities, by what it lacks', () =>
    each(async (scene) => {
      const other = await scene.another(powerless);
      for (const transport of ['netlink', 'nft'] as const)
        await expect(other.call('open', { transport })).rejects.toMatchObject({
          code: 'ERR_NODE_NETFILTER_PERMISSION',
          message: expect.stringMatching(/CAP_NET_ADMIN/),
        });
      await other.kill();
    }));
});

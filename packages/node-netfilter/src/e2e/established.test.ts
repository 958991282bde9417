import { program } from '../../../../tools/testing/describe-with.ts';
import type { HeldFlow } from '../../../../tools/testing/linked/held-flow.ts';
import { until } from '../../../../tools/testing/until.ts';
import type { BlocklistOptions, Command } from '../index.ts';
import type { E2eScene } from './testing/e2e-scene.ts';
import { onBothKernels } from './testing/on-both-kernels.ts';

/** A table of somebody else that lets running connections pass. */
const siteTable = `add table inet site
add chain inet site in { type filter hook input priority 0; }
add rule inet site in ct state established,related accept`;

onBothKernels('a running connection', [program('conntrack'), program('ss', 'iproute2')], (each) => {
  const client = '10.77.0.1';
  /** How it ends for the client, and whether the server still has its socket. */
  const stateOf = async (flow: HeldFlow): Promise<readonly [string, boolean]> => [
    await flow.fate(),
    await flow.isServed(),
  ];

  /** What becomes of a connection that runs when its client is blocked. */
  async function fateUnder(scene: E2eScene, options: BlocklistOptions): Promise<readonly [string, boolean]> {
    await scene.block(options);
    const flow = await scene.hold(client);
    await scene.ban(client);
    return stateOf(flow);
  }

  test('is silent at once, the client hears nothing, and the server keeps its socket', () =>
    each(async (scene) => {
      expect(await fateUnder(scene, {})).toEqual(['silent', true]);
    }));

  test('is reset for the client where a reset is the answer, and the server keeps its socket', () =>
    each(async (scene) => {
      expect(await fateUnder(scene, { hook: 'input', deny: 'reset' })).toEqual(['ECONNRESET', true]);
    }));

  test.each(['prerouting', 'input'] as const)('is reset for the client alone with cut: reset at %s', (hook) =>
    each(async (scene) => {
      expect(await fateUnder(scene, { hook, cut: 'reset' })).toEqual(['ECONNRESET', true]);
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
    }),
  );

  test.each([-10, 10])('is silent at input %i although another table accepts it at 0', (priority) =>
    each(async (scene) => {
      scene.nft(siteTable);
      expect(await fateUnder(scene, { hook: 'input', priority })).toEqual(['silent', true]);
    }),
  );

  test('lives where a rule above the block accepts it, until conntrack forgets it', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      const set = { family: 'inet', table: 'mine', set: 'blocked', key: ['ipv4_addr'] } as const;
      const chain = { family: 'inet', table: 'mine', chain: 'in' } as const;
      const accept = [{ kind: 'established' }, { kind: 'verdict', verdict: 'accept' }] as const;
      const deny = [
        { kind: 'source', family: 4, prefix: 32, set: 'blocked' },
        { kind: 'verdict', verdict: 'drop' },
      ] as const;
      const commands: readonly Command[] = [
        { kind: 'add-table', table: { family: 'inet', table: 'mine' } },
        { kind: 'add-set', set },
        { kind: 'add-chain', chain: { ...chain, base: { type: 'filter', hook: 'input', priority: 0 } } },
        { kind: 'add-rule', rule: { ...chain, statements: accept } },
        { kind: 'add-rule', rule: { ...chain, statements: deny } },
      ];
      await firewall.call('openNetfilter', {});
      expect(await firewall.call('commit', commands)).toBeUndefined();
      const flow = await scene.hold(client);
      const ban: Command = { kind: 'add-elements', set, elements: [{ key: '10.77.0.1' }] };
      expect(await firewall.call('commit', [ban])).toBeUndefined();
      expect(await flow.fate()).toBe('lives');
      // What the server would send again by itself would make it one that the server began.
      await flow.rest();
      await until(() => /^ESTAB\s+0\s+0\s/.test(net.server.run('ss', '-Htn', `dst ${flow.name.replace(' ', ':')}`)));
      net.server.run('conntrack', '-D', '-s', '10.77.0.1');
      expect(await flow.fate()).toBe('silent');
    }));

  test('is cut on both sides by ss -K', () =>
    each(async (scene) => {
      const { net } = scene;
      const flow = await scene.hold(client);
      net.server.run('ss', '-K', 'dst', '10.77.0.1');
      expect(await stateOf(flow)).toEqual(['ECONNRESET', false]);
    }));

  test('is cut on both sides with cut: kill, and those of others are not', () =>
    each(async (scene) => {
      const other = await scene.hold('10.77.0.5');
      expect(await fateUnder(scene, { cut: 'kill' })).toEqual(['ECONNRESET', false]);
      expect(await stateOf(other)).toEqual(['lives', true]);
    }));

  test('to a port that stays open lives with cut: kill of another port', () =>
    each(async (scene) => {
      const { firewall } = scene;
      await scene.block({ cut: 'kill' });
      const flow = await scene.hold(client);
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', ports: [{ protocol: 'tcp', port: 8080 }] }]);
      expect(await stateOf(flow)).toEqual(['lives', true]);
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', ports: [{ protocol: 'tcp', port: 7777 }] }]);
      expect(await stateOf(flow)).toEqual(['ECONNRESET', false]);
    }));

  test('over IPv6 is cut with its /64', () =>
    each(async (scene) => {
      await scene.block({ cut: 'kill' });
      const flow = await scene.hold('2001:db8:78::5');
      await scene.ban('2001:db8:78::6');
      expect(await stateOf(flow)).toEqual(['ECONNRESET', false]);
    }));
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { Block, BlockOp } from './block-op.ts';
import type { Blocklist } from './blocklist.ts';
import { KernelScene } from './testing/kernel-scene.ts';
import { Model, modelDifference } from './testing/model.ts';
import { Random } from './testing/random.ts';

const durationMs = Number(process.env['SLUICE_MODEL_MS'] ?? 15_000);
const networks = [
  '203.0.113.1',
  '203.0.113.2',
  '203.0.113.3',
  '198.51.100.0/24',
  '10.0.0.0/8',
  '10.1.2.3',
  '2001:db8::1',
  '2001:db8:1::/48',
  '2001:db8:0:1::9/128',
  '::ffff:192.0.2.1',
];
const lists = ['', 'sshd', 'web server "1"'];
const timeouts = [undefined, 700, 1500, 60_000, 600_000, 3_600_000];
const ports = [
  undefined,
  undefined,
  [{ protocol: 'tcp', port: 22 }],
  [
    { protocol: 'tcp', port: 22 },
    { protocol: 'udp', port: 53 },
  ],
] as const;

describeWith(namespaces, 'a block list and a model of it', () => {
  test.each([
    ['shared', 'netlink'],
    ['per-list', 'netlink'],
  ] as const)(
    'never differ, whatever is done to them (%s, %s)',
    async (layout, transport) => {
      const scene = await KernelScene.open();
      const seed = Number(process.env['SLUICE_MODEL_SEED'] ?? Date.now() % 1_000_000);
      const random = new Random(seed);
      const model = new Model(layout);
      const sockets = {
        open: (protocol: number) => scene.sockets.open(protocol),
        listen: (protocol: number, groups: number) => scene.sockets.listen(protocol, groups),
      };
      const options = { layout, transport, watchIntervalMs: 20, sockets };
      let list: Blocklist = await scene.blocklist(options);
      const log: string[] = [`seed ${seed}`];

      const block = (): Block => {
        const timeoutMs = random.of(timeouts);
        const some = random.of(ports);
        return {
          network: random.of(networks),
          list: random.of(lists),
          ...(timeoutMs !== undefined && { timeoutMs }),
          ...(some !== undefined && { ports: some }),
        };
      };
      const op = (): BlockOp => {
        const { timeoutMs: _, ...rest } = block();
        return random.chance(0.4) ? { kind: 'unblock', ...rest } : { kind: 'block', ...block() };
      };
      const many = <T>(most: number, make: () => T): T[] => Array.from({ length: 1 + random.below(most) }, make);
      const someSet = (): string =>
        random.of(scene.nft('list sets').match(/(?<=set )(?:\S+\.)?(?:all|port|any|anyport)[46]_\d+/g) ?? ['all4_32']);

      const steps: Record<string, () => Promise<void> | void> = {
        apply: async () => {
          const ops = many(12, op);
          model.apply(ops);
          for (const { ok, error } of await list.apply(ops)) expect(ok ? undefined : error).toBeUndefined();
        },
        'apply at once': async () => {
          const all = many(8, () => many(4, op));
          model.apply(all.flat());
          await Promise.all(all.map((ops) => list.apply(ops)));
        },
        reconcile: async () => {
          const blocks = many(15, block);
          model.reconcile(blocks);
          expect((await list.reconcile(blocks)).failed).toEqual([]);
        },
        'flush ruleset': () => void scene.nft('flush ruleset'),
        'flush set': () => void scene.nft(`flush set inet sluice ${someSet()}`),
        'flush chain': () => void scene.nft('flush chain inet sluice ban'),
        'delete element': () => {
          const elements = scene.nft('list set inet sluice all4_32').match(/203\.0\.113\.\d/g);
          if (elements !== null) scene.nft(`delete element inet sluice all4_32 { ${random.of(elements)} }`);
        },
        'insert rule': () => void scene.nft('insert rule inet sluice ban accept'),
        'other table': () => void scene.nft('add table inet other; add chain inet other x; flush chain inet other x'),
        wait: () => sleep(random.below(1500)),
        reopen: async () => {
          await list.close();
          list = await scene.blocklist(options);
        },
        'flush during apply': async () => {
          const ops = many(12, op);
          model.apply(ops);
          const applied = list.apply(ops);
          scene.nft('flush ruleset');
          for (const { ok, error } of await applied) expect(ok ? undefined : error).toBeUndefined();
        },
      };
      const isForeign = (step: string): boolean => /flush|delete|insert|kill/.test(step);

      const endMs = performance.now() + durationMs;
      try {
        while (performance.now() < endMs) {
          const step = random.of(['apply', 'apply', 'apply', 'apply at once', ...Object.keys(steps)]);
          log.push(step);
          try {
            await steps[step]?.();
          } catch (error) {
            if (!(error instanceof Error && /^nft/.test(error.message) && /No such file/.test(error.message)))
              throw error;
          }
          const patienceMs = isForeign(step) || /flush|delete|insert|kill/.test(log.at(-2) ?? '') ? 10_000 : 300;
          const untilMs = performance.now() + patienceMs;
          for (;;) {
            const difference = await list.list().then((found) => modelDifference(model, found), String);
            if (difference === undefined) break;
            if (performance.now() > untilMs)
              throw new Error(
                `${difference}\n${log.slice(-12).join(', ')}, ${log[0]}\n${scene.nft('list table inet sluice')}`,
              );
            await sleep(5);
          }
          expect(modelDifference(model, [...list.remembered()].map(asBlocked))).toBeUndefined();
        }
      } finally {
        await scene.close();
      }
    },
    durationMs + 60_000,
  );
});

const asBlocked = ({ network, timeoutMs, list, ports: [port] = [] }: Block) => ({
  address: network.slice(0, network.indexOf('/')),
  family: network.includes(':') ? (6 as const) : (4 as const),
  prefix: Number(network.slice(network.indexOf('/') + 1)),
  ...(timeoutMs !== undefined && { expiresInMs: timeoutMs }),
  ...(list !== undefined && { list }),
  ...(port !== undefined && { port }),
});

import { writeFileSync } from 'node:fs';
import type { Ban, BanEvent } from '@sluice/pipeline';
import fc from 'fast-check';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { ipset } from '../ipset/ipset.ts';
import { iptables } from '../iptables/iptables.ts';
import type { NetworkBackend } from '../networks/network-backend.ts';
import { nginxDeny } from '../nginx/nginx-deny.ts';
import { ban, prolonged, unban } from '../testing/events.ts';

const ids = ['203.0.113.1', '203.0.113.2', '198.51.100.3', '2001:db8::1', '2001:db8::2', '2001:db8:1::1'];
const jails = ['sshd', 'web'];

const event = fc.record({
  kind: fc.constantFrom('ban', 'ban', 'unban', 'prolonged'),
  id: fc.constantFrom(...ids),
  jail: fc.constantFrom(...jails),
});
const step = fc.oneof(
  { weight: 8, arbitrary: fc.array(event, { minLength: 1, maxLength: 5 }).map((events) => ({ do: 'apply', events })) },
  { weight: 1, arbitrary: fc.constant({ do: 'flush outside', events: [] }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart', events: [] }) },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(event, { maxLength: 6, selector: ({ id, jail }) => `${jail} ${id}` }).map((events) => ({
      do: 'reconcile',
      events,
    })),
  },
);

interface Scene {
  make(): NetworkBackend;
  /** What somebody else may do. */
  flush(): void;
  close(): Promise<void>;
}

const forever = { endMs: Number.POSITIVE_INFINITY };
const toEvent = ({ kind, id, jail }: { kind: string; id: string; jail: string }): BanEvent => {
  if (kind === 'unban') return unban(id, { jail });
  return kind === 'ban' ? ban(id, 600_000, { jail, ...forever }) : prolonged(id, 900_000, { jail, ...forever });
};
const networkOf = (id: string): string => (id.includes('.') ? `${id}/32` : `${id.split('::')[0]}::/64`);

/** Does the steps, and after each what is blocked must be what the model says. */
async function follow(
  scene: Scene,
  steps: readonly { do: string; events: readonly Parameters<typeof toEvent>[0][] }[],
): Promise<void> {
  const held = new Map<string, BanEvent>();
  const keyOf = ({ jail, id }: BanEvent): string => `${jail} ${id}`;
  let backend = scene.make();
  await backend.start();
  try {
    for (const { do: what, events: raw } of steps) {
      let events = raw.map(toEvent);
      if (what === 'reconcile') {
        held.clear();
        events = events.filter(({ kind }) => kind === 'ban');
        for (const each of events) held.set(keyOf(each), each);
        expect((await backend.reconcile(events as Ban[])).every(({ ok }) => ok)).toBe(true);
      } else {
        if (what === 'restart') {
          await backend.stop();
          backend = scene.make();
          await backend.start();
          await backend.reconcile([...held.values()] as Ban[]);
        }
        if (what === 'flush outside') {
          scene.flush();
          events = [ban('192.0.2.1', 600_000, forever)];
        }
        for (const each of events) {
          if (each.kind === 'unban') held.delete(keyOf(each));
          else held.set(keyOf(each), { ...each, kind: 'ban' } as Ban);
        }
        expect((await backend.apply(events)).map(({ error }) => error)).toEqual(events.map(() => undefined));
      }
      const wanted = new Set([...held.values()].map(({ id }) => networkOf(id)));
      const blocked = (await backend.list()).map(({ address, prefix }) => `${address}/${prefix}`);
      expect(blocked.sort()).toEqual([...wanted].sort());
    }
  } finally {
    await backend.stop();
  }
}

const firewalls = [
  ...namespaces,
  program('ipset'),
  program('iptables-nft', 'iptables'),
  program('iptables-legacy', 'iptables'),
];

describe('whatever happens, what is blocked is what a model says', () => {
  const folder = tempFolder();
  const check = (open: () => Promise<Scene>, runs: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 50 }), async (steps) => {
        const scene = await open();
        await follow(scene, steps).finally(() => scene.close());
      }),
      { numRuns: runs, endOnFailure: true },
    );
  const inside = async (
    make: (prefix: readonly string[]) => NetworkBackend,
    flushes: readonly string[],
  ): Promise<Scene> => {
    const namespace = await NetworkNamespace.open();
    const lock = `XTABLES_LOCKFILE=${folder('lock')}`;
    return {
      make: () => make(namespace.command('env', lock)),
      flush: () => {
        for (const flush of flushes) namespace.run('env', lock, ...flush.split(' '));
      },
      close: () => namespace.close(),
    };
  };

  describeWith(firewalls, 'in a kernel of its own', () => {
    test('ipset', () =>
      check(() => inside((prefix) => ipset({ prefix, ruleCheckMs: 0 }), ['iptables -F', 'ipset flush']), 3));

    test.each(['nft', 'legacy'] as const)('iptables-%s', (variant) =>
      check(
        () => inside((prefix) => iptables({ prefix, variant }), [`iptables-${variant} -F`, `ip6tables-${variant} -F`]),
        2,
      ),
    );
  });

  test('nginxDeny', () =>
    check(async () => {
      const file = folder('deny');
      return {
        make: () => nginxDeny({ file, reloadCommand: ['true'], reloadIntervalMs: 0 }),
        flush: () => writeFileSync(file, ''),
        close: async () => writeFileSync(file, ''),
      };
    }, 3));
});

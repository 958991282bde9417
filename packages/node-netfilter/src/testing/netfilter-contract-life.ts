import { setTimeout as sleep } from 'node:timers/promises';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { until } from '../../../../tools/testing/until.ts';
import type { RulesetChange } from '../netfilter/ruleset-change.ts';
import {
  add,
  addSet,
  addTable,
  type ContractScene,
  failure,
  hosts,
  keysOf,
  remove,
  table,
} from './netfilter-contract-scene.ts';

/** A change in short: `elements-added 192.0.2.1,192.0.2.2`. */
function inShort(change: RulesetChange): string {
  switch (change.kind) {
    case 'table-added':
    case 'table-deleted':
      return `${change.kind} ${change.table.family} ${change.table.table}`;
    case 'chain-added':
    case 'chain-deleted':
      return `${change.kind} ${change.chain.chain}`;
    case 'rule-added':
    case 'rule-deleted':
      return `${change.kind} in ${change.rule.chain}`;
    case 'set-added':
    case 'set-deleted':
      return `${change.kind} ${change.set.set}`;
    case 'elements-added':
    case 'elements-deleted':
      return `${change.kind} ${change.elements.map(({ key }) => key).toSorted()}`;
    default:
      return change.kind;
  }
}

/** What it hears of, and how it ends. */
export function lifeTests(scene: ContractScene): void {
  const { netfilter, namespace, open } = scene;

  /** Subscribes, and resolves once it surely hears of what happens. */
  async function monitored(): Promise<{ seen: string[]; changes: RulesetChange[]; end: () => void }> {
    const seen: string[] = [];
    const changes: RulesetChange[] = [];
    const subscription = netfilter()
      .monitor({ intervalMs: 10 })
      .subscribe((change) => {
        changes.push(change);
        seen.push(inShort(change));
      });
    // What is run in the namespace holds this process: only in between does it hear.
    while (seen.length === 0) {
      namespace().run('nft', 'add table inet begin; delete table inet begin');
      await sleep(10);
    }
    const isQuiet = (): boolean => seen.at(-1) === 'generation';
    await until(isQuiet, () => seen);
    await netfilter().generation();
    seen.length = 0;
    changes.length = 0;
    return { seen, changes, end: () => subscription.unsubscribe() };
  }

  test('tells of changes as they are committed, also by others', async () => {
    const { seen, changes, end } = await monitored();
    await netfilter().commit([
      addTable,
      addSet(hosts),
      { kind: 'add-chain', chain: { ...table, chain: 'deny' } },
      { kind: 'add-rule', rule: { ...table, chain: 'deny', statements: [{ kind: 'counter' }], comment: 'why' } },
    ]);
    await netfilter().commit([add(hosts, { key: '192.0.2.1', timeoutMs: 60_000, comment: 'a b' }, '192.0.2.2')]);
    namespace().run('nft', 'delete element inet contract hosts { 192.0.2.1 }');
    namespace().run('nft', 'delete table inet contract');
    await until(
      () => seen.filter((kind) => kind === 'generation').length === 4,
      () => seen,
    );
    const added = ['table-added inet contract', 'set-added hosts', 'chain-added deny', 'rule-added in deny'];
    expect(seen.slice(0, 5).toSorted()).toEqual([...added, 'generation'].toSorted());
    expect(seen.slice(5, 9)).toEqual([
      'elements-added 192.0.2.1,192.0.2.2',
      'generation',
      'elements-deleted 192.0.2.1',
      'generation',
    ]);
    expect(seen).toContain('table-deleted inet contract');
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: 'rule-added',
        rule: expect.objectContaining({ ...table, chain: 'deny', comment: 'why' }),
      }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: 'elements-added',
        elements: expect.arrayContaining([
          { key: '192.0.2.1', timeoutMs: 60_000, expiresInMs: expect.any(Number), comment: 'a b' },
        ]),
      }),
    );
    const byOthers = changes.findLast(({ kind }) => kind === 'generation');
    expect(byOthers).toMatchObject({ generation: expect.any(Number), processName: 'nft' });
    end();
  });

  test('the monitor ends with its signal, and with what it is of', async () => {
    const abort = new AbortController();
    const ended = lastValueFrom(netfilter().monitor({ signal: abort.signal }).pipe(toArray()));
    abort.abort();
    expect(await ended).toEqual([]);
    const another = await open();
    const closed = lastValueFrom(another.monitor().pipe(toArray()));
    await another.close();
    expect(await closed).toEqual([]);
    expect(await firstValueFrom(netfilter().monitor({ signal: AbortSignal.abort() }), { defaultValue: 'none' })).toBe(
      'none',
    );
  });

  test('to close finishes what is under way, refuses what comes, and may be done twice', async () => {
    const another = await open();
    const commits = [another.commit([addTable, addSet(hosts)]), another.commit([add(hosts, '192.0.2.1')])];
    const closed = another.close();
    const late = failure(another.commit([add(hosts, '192.0.2.2')]));
    await Promise.all([...commits, closed, another.close()]);
    expect((await late).code).toBe('ERR_NODE_NETFILTER_CLOSED');
    for (const ask of [() => another.tables(), () => another.generation(), () => another.element(hosts, '192.0.2.1')])
      expect((await failure(ask())).code).toBe('ERR_NODE_NETFILTER_CLOSED');
    expect(await keysOf(netfilter(), hosts)).toEqual(['192.0.2.1']);
  });

  test('its signal closes it, and one that has aborted opens nothing', async () => {
    const abort = new AbortController();
    const another = await open(abort.signal);
    abort.abort();
    expect((await failure(another.tables())).code).toBe('ERR_NODE_NETFILTER_CLOSED');
    expect((await failure(open(abort.signal))).code).toBe('ERR_NODE_NETFILTER_ABORTED');
  });

  test('a commit whose signal has aborted is not begun', async () => {
    await netfilter().commit([addTable, addSet(hosts), add(hosts, '192.0.2.1')]);
    const error = await failure(netfilter().commit([remove(hosts, '192.0.2.1')], { signal: AbortSignal.abort() }));
    expect(error.code).toBe('ERR_NODE_NETFILTER_ABORTED');
    expect(await keysOf(netfilter(), hosts)).toEqual(['192.0.2.1']);
  });

  test('says what it is and can do', () => {
    const { transport, reason, kernelRelease, maxTransactionBytes } = netfilter().capabilities;
    expect(['netlink', 'nft']).toContain(transport);
    expect(reason).not.toBe('');
    expect(kernelRelease).toMatch(/^\d+\.\d+/);
    expect(maxTransactionBytes).toBeGreaterThan(100_000);
  });
}

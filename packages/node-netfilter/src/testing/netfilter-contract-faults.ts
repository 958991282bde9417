import type { Command } from '../ruleset/command.ts';
import {
  add,
  addSet,
  addTable,
  type ContractScene,
  failure,
  flows,
  host,
  hosts,
  inShort,
  keysOf,
  listing,
  networks,
  remove,
  removeIfThere,
  table,
} from './netfilter-contract-scene.ts';

const create = (...keys: readonly string[]): Command => ({
  kind: 'add-elements',
  set: hosts,
  elements: keys.map((key) => ({ key })),
  ifPresent: 'refuse',
});
const elsewhere = { ...table, table: 'elsewhere' };
const many = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => host(from + n));

/** A set with room for 20 that holds hosts 0 to 9. */
const small = { ...hosts, maxElements: 20 };

const refused: readonly (readonly [title: string, commands: readonly Command[], faults: readonly string[]])[] = [
  ['a table that is not there', [{ kind: 'delete-table', table: elsewhere }], ['0 NO_TABLE']],
  ['a set of a table that is not there', [add({ ...hosts, ...elsewhere }, host(1))], ['0 NO_TABLE']],
  ['a new set in a table that is not there', [addSet({ ...hosts, ...elsewhere })], ['0 NO_TABLE']],
  [
    'a new chain in a table that is not there',
    [{ kind: 'add-chain', chain: { ...elsewhere, chain: 'c' } }],
    ['0 NO_TABLE'],
  ],
  ['elements for a set that is not there', [add({ ...hosts, set: 'gone' }, host(1), host(2))], ['0 NO_SET']],
  ['elements to delete of a set that is not there', [remove({ ...hosts, set: 'gone' }, host(1))], ['0 NO_SET']],
  ['a flush of a set that is not there', [{ kind: 'flush-set', set: { ...hosts, set: 'gone' } }], ['0 NO_SET']],
  ['a set to delete that is not there', [{ kind: 'delete-set', set: { ...hosts, set: 'gone' } }], ['0 NO_SET']],
  [
    'a chain to delete that is not there',
    [{ kind: 'delete-chain', chain: { ...table, chain: 'gone' } }],
    ['0 NOT_FOUND'],
  ],
  [
    'a rule in a chain that is not there',
    [{ kind: 'add-rule', rule: { ...table, chain: 'gone', statements: [{ kind: 'counter' }] } }],
    ['0 NOT_FOUND'],
  ],
  ['an element to delete that is not there', [remove(hosts, host(0), host(1), host(50), host(2))], ['0.2 NO_ELEMENT']],
  ['an element that is there already', [create(host(30), host(31), host(7), host(32))], ['0.2 EXISTS']],
  ['an element too many', [add(hosts, ...many(100, 115))], ['0.10 FULL']],
  ['a range that overlaps another', [add(networks, '10.0.0.0/8'), add(networks, '10.1.0.0-10.2.0.0')], ['1.0 EXISTS']],
  ['a set that is in use', [{ kind: 'delete-set', set: networks }], ['0 REFUSED']],
  [
    'a set of another type under the name',
    [addSet({ ...table, set: 'hosts', key: ['ipv6_addr'], flags: ['timeout'] })],
    ['0 EXISTS'],
  ],
  ['a time in a set without times', [add(networks, { key: '192.0.2.1', timeoutMs: 1000 })], ['0.0 UNSUPPORTED']],
  ['the second of three commands', [add(hosts, host(40)), create(host(3)), add(hosts, host(41))], ['1.0 EXISTS']],
];

/** What is refused, why, and that nothing else happens. */
export function faultTests(scene: ContractScene): void {
  const { netfilter } = scene;
  const chain = { ...table, chain: 'ban' };

  const make = (): Promise<void> =>
    netfilter().commit([
      addTable,
      addSet(small),
      addSet(networks),
      addSet(flows),
      add(hosts, ...many(0, 10)),
      { kind: 'add-chain', chain },
      {
        kind: 'add-rule',
        rule: { ...chain, statements: [{ kind: 'source', family: 4, prefix: 32, set: 'networks' }] },
      },
    ]);

  test.each(refused)('%s is refused, and all else with it', async (_, commands, faults) => {
    await make();
    const before = listing(scene);
    const error = await failure(netfilter().commit([...commands, add(hosts, '192.0.2.99')]));
    // What follows may be refused for the same reason.
    expect(inShort(error.faults).slice(0, faults.length)).toEqual(faults);
    expect(error.code).toBe(error.faults[0]?.error.code);
    expect(listing(scene)).toBe(before);
  });

  test('every fault is told where that is asked for', async () => {
    await make();
    const before = listing(scene);
    const error = await failure(
      netfilter().commit(
        [
          remove(hosts, host(0), host(50), host(1), host(51)),
          create(host(60), host(2), host(61), host(3)),
          removeIfThere(hosts, host(70), host(4)),
          add(hosts, host(80), host(5)),
        ],
        { everyFault: true },
      ),
    );
    expect(inShort(error.faults)).toEqual(['0.1 NO_ELEMENT', '0.3 NO_ELEMENT', '1.1 EXISTS', '1.3 EXISTS']);
    expect(listing(scene)).toBe(before);
  });

  test('each element that has no room is told', async () => {
    await make();
    const error = await failure(netfilter().commit([add(hosts, ...many(100, 115))], { everyFault: true }));
    expect(inShort(error.faults)).toEqual(['0.10 FULL', '0.11 FULL', '0.12 FULL', '0.13 FULL', '0.14 FULL']);
    expect(error.faults[0]?.error).toMatchObject({ errno: 23, message: expect.stringContaining(host(110)) });
  });

  test('the guilty one of thousands is told', async () => {
    await netfilter().commit([addTable, addSet(hosts), add(hosts, host(4321))]);
    const error = await failure(netfilter().commit([create(...many(0, 5000))]));
    expect(inShort(error.faults)).toEqual(['0.4321 EXISTS']);
    expect(await keysOf(netfilter(), hosts)).toEqual([host(4321)]);
  });

  test('all bad names and keys are told before anything is sent', async () => {
    await make();
    const before = listing(scene);
    const error = await failure(
      netfilter().commit([
        add(hosts, host(20), '999.1.1.1', host(21), '2001:db8::1', '192.0.2.1 }; flush ruleset'),
        { kind: 'add-table', table: { family: 'inet', table: 'a b' } },
        add(flows, '2001:db8::1 . tcp'),
        addSet({ ...hosts, set: '1st' }),
      ]),
    );
    expect(inShort(error.faults)).toEqual(['0.1 KEY', '0.3 KEY', '0.4 KEY', '1 NAME', '2.0 KEY', '3 NAME']);
    expect(listing(scene)).toBe(before);
  });

  test('a check tells what would be refused and changes nothing', async () => {
    await make();
    const before = listing(scene);
    await netfilter().commit([add(hosts, host(30)), { kind: 'flush-set', set: hosts }], { check: true });
    const error = await failure(netfilter().commit([add(hosts, host(30)), remove(hosts, host(31))], { check: true }));
    expect(inShort(error.faults)).toEqual(['1.0 NO_ELEMENT']);
    expect(listing(scene)).toBe(before);
  });

  test('what can be checked is no more than what can be committed', async () => {
    await netfilter().commit([addTable, addSet(hosts), add(hosts, host(1))], { check: true });
    expect(listing(scene)).toBe('');
  });

  test('a commit to a generation is refused when there is another one', async () => {
    const isNft = netfilter().capabilities.transport === 'nft';
    const before = await netfilter().generation();
    if (!isNft) await netfilter().commit([addTable], { ifGeneration: before });
    const error = await failure(netfilter().commit([addTable, addSet(hosts)], { ifGeneration: before }));
    expect(error.code).toBe(isNft ? 'ERR_NODE_NETFILTER_UNSUPPORTED' : 'ERR_NODE_NETFILTER_STALE');
    expect(listing(scene)).toBe(isNft ? '' : 'table inet contract { }');
  });
}

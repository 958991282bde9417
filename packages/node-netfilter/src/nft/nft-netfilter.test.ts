import { chmodSync, existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { CounterMetrics } from '@sluice/pipeline';
import { lastValueFrom, toArray } from 'rxjs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import type { Netfilter } from '../netfilter/netfilter.ts';
import type { Command } from '../ruleset/command.ts';
import { failure, host, hosts, table } from '../testing/netfilter-contract-scene.ts';
import { nftNetfilter } from './nft-netfilter.ts';
import type { NftNetfilterOptions } from './nft-options.ts';

const inFolder = tempFolder();
const make: readonly Command[] = [
  { kind: 'add-table', table },
  { kind: 'add-set', set: hosts },
];
const add = (count: number): Command => ({
  kind: 'add-elements',
  set: hosts,
  elements: Array.from({ length: count }, (_, n) => ({ key: host(n), timeoutMs: 600_000 })),
});

/** A program in place of nft: a script for sh. */
function program(text: string): string {
  const file = inFolder('nft');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

describeWith(namespaces, 'nftNetfilter', () => {
  let namespace: NetworkNamespace;
  const opened: Netfilter[] = [];
  beforeAll(async () => {
    namespace = await NetworkNamespace.open();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    namespace.run('nft', 'flush', 'ruleset');
  });
  afterAll(() => namespace.close());

  async function open(options: NftNetfilterOptions = {}): Promise<Netfilter> {
    const netfilter = await nftNetfilter({ command: namespace.command('nft'), ...options });
    opened.push(netfilter);
    return netfilter;
  }

  /** nft in the namespace, until the file `broken` is there: then the script. */
  const breakable = (script: string): string =>
    program(`if [ -e ${inFolder('broken')} ]; then ${script}; fi; exec ${namespace.command('nft').join(' ')} "$@"`);
  const breakIt = (): void => writeFileSync(inFolder('broken'), '');

  test('says why it is nft, and leaves nothing behind', async () => {
    const netfilter = await open({ reason: 'koffi is missing' });
    expect(netfilter.capabilities).toMatchObject({ transport: 'nft', reason: 'koffi is missing', ownedTables: false });
    expect(namespace.run('nft', 'list', 'ruleset')).toBe('');
  });

  test('says that the program is missing, and how to get it', async () => {
    for (const command of [['no-such-nft'], namespace.command('no-such-nft'), ['env', 'no-such-nft']])
      expect(await failure(nftNetfilter({ command }))).toMatchObject({
        code: 'ERR_NODE_NETFILTER_MISSING',
        cure: expect.stringContaining('install the package nftables'),
      });
  });

  test('without the right to change the firewall, says which right it needs', async () => {
    expect(await failure(nftNetfilter({ command: ['unshare', '--user', 'nft'] }))).toMatchObject({
      code: 'ERR_NODE_NETFILTER_PERMISSION',
      errno: 1,
      cure: expect.stringContaining('CAP_NET_ADMIN'),
    });
  });

  test('a right that is lost is told as such, by commits and by reads', async () => {
    const netfilter = await open({ command: [breakable('exec unshare --user nft "$@"')] });
    await netfilter.commit(make);
    breakIt();
    for (const work of [
      netfilter.commit([add(1)]),
      netfilter.tables(),
      netfilter.elements(hosts),
      netfilter.commit(make),
    ])
      expect((await failure(work)).code).toBe('ERR_NODE_NETFILTER_PERMISSION');
  });

  test('one that takes too long is ended', async () => {
    const slow = program('exec sleep 1000');
    expect(await failure(nftNetfilter({ command: [slow], timeoutMs: 50 }))).toMatchObject({
      code: 'ERR_NODE_NETFILTER_TIMEOUT',
      limit: 50,
    });
  });

  test('a signal ends it, and what waits behind it is done', async () => {
    const pid = inFolder('pid');
    const netfilter = await open({
      command: [breakable(`rm ${inFolder('broken')}; echo $$ > ${pid}; exec sleep 1000`)],
    });
    await netfilter.commit(make);
    breakIt();
    const abort = new AbortController();
    const stopped = failure(netfilter.commit([add(1)], { signal: abort.signal }));
    const next = netfilter.commit([add(2)]);
    await until(() => existsSync(pid) && readFileSync(pid, 'utf8') !== '');
    abort.abort();
    expect((await stopped).code).toBe('ERR_NODE_NETFILTER_ABORTED');
    await next;
    expect(() => process.kill(Number(readFileSync(pid, 'utf8')), 0)).toThrow(/ESRCH/);
    expect(await netfilter.elements(hosts)).toHaveLength(2);
  });

  test('one that is killed is told with what it said', async () => {
    const netfilter = await open({ command: [breakable('echo "so long" >&2; kill -9 $$')] });
    breakIt();
    expect(await failure(netfilter.commit(make))).toMatchObject({
      code: 'ERR_NODE_NETFILTER_REFUSED',
      message: expect.stringContaining('so long'),
    });
  });

  test('a transaction that does not fit into the send buffer is too large, and the limit is known', async () => {
    const netfilter = await open();
    await netfilter.commit(make);
    const error = await failure(netfilter.commit([add(20_000)]));
    expect(error).toMatchObject({ code: 'ERR_NODE_NETFILTER_TOO_LARGE', faults: [] });
    expect(netfilter.capabilities.maxTransactionBytes).toBeLessThan(20_000 * 28);
    await netfilter.commit([add(7000)]);
  });

  test('a table that another process owns is told as such', async () => {
    const netfilter = await open();
    const { spawn } = await import('node:child_process');
    const [command = '', ...args] = namespace.command('nft', '-i');
    const owner = spawn(command, args, { env: process.env, stdio: ['pipe', 'ignore', 'inherit'] });
    owner.stdin.write(
      'add table inet contract { flags owner; }\nadd set inet contract hosts { type ipv4_addr; flags timeout; }\n',
    );
    await until(() => namespace.run('nft', 'list', 'ruleset').includes('set hosts'));
    expect(await failure(netfilter.commit([add(3)]))).toMatchObject({ code: 'ERR_NODE_NETFILTER_OWNED', errno: 1 });
    owner.stdin.end();
    await until(() => namespace.run('nft', 'list', 'tables') === '');
  });

  test('counts commits and refused ones', async () => {
    const metrics = new CounterMetrics();
    const netfilter = await open({ metrics });
    await netfilter.commit(make);
    await failure(netfilter.commit([{ kind: 'delete-table', table: { ...table, table: 'none' } }]));
    await netfilter.commit([add(1)], { check: true });
    expect(metrics.snapshot()).toEqual({
      node_netfilter_commits_total: 1,
      node_netfilter_refused_commits_total: 1,
    });
  });

  test('a monitor that ends says that changes may have been missed, and goes on', async () => {
    const netfilter = await open();
    const kinds: string[] = [];
    const subscription = netfilter.monitor().subscribe(({ kind }) => kinds.push(kind));
    for (let n = 0; !kinds.includes('elements-added'); n++) {
      await netfilter.commit([...make, { kind: 'add-elements', set: hosts, elements: [{ key: host(n) }] }]);
    }
    const before = await netfilter.generation();
    // Both monitors: that of the subscription and that of generation().
    const pids = namespace.run('sh', '-c', 'pgrep -f "^nft -a -y monitor$"').trim().split('\n');
    const here = readlinkSync(`/proc/${namespace.pid}/ns/net`);
    const ours = pids.filter((pid) => readlinkSync(`/proc/${pid}/ns/net`) === here);
    expect(ours).toHaveLength(2);
    for (const pid of ours) process.kill(Number(pid));
    await until(() => kinds.includes('overrun'));
    while ((await netfilter.generation()) === before);
    kinds.length = 0;
    while (!kinds.includes('elements-deleted')) {
      await netfilter.commit([{ kind: 'add-elements', set: hosts, elements: [{ key: host(0) }] }]);
      await netfilter.commit([{ kind: 'flush-set', set: hosts }]);
    }
    subscription.unsubscribe();
  });

  test('a monitor that cannot be says why', async () => {
    const netfilter = await open({ command: [breakable('exec unshare --user nft "$@"')] });
    breakIt();
    expect((await failure(lastValueFrom(netfilter.monitor().pipe(toArray())))).code).toBe(
      'ERR_NODE_NETFILTER_PERMISSION',
    );
    expect((await failure(netfilter.generation())).code).toBe('ERR_NODE_NETFILTER_PERMISSION');
  });

  test.each<[NftNetfilterOptions, RegExp]>([
    [{ command: [] }, /^command must be a list of texts/],
    [{ command: ['nft', ''] }, /^command must be a list of texts/],
    [{ timeoutMs: 0 }, /^timeoutMs must be an integer from 1/],
    [{ signal: {} as AbortSignal }, /^signal must be an AbortSignal/],
  ])('refuses the options %j', async (options, message) => {
    expect((await failure(nftNetfilter(options))).message).toMatch(message);
  });
});

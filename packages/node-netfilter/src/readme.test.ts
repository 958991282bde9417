import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ended, killChildren, spawnChild } from '../../../tools/testing/child.ts';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../tools/testing/network-namespace.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const index = new URL('./index.ts', import.meta.url);
const programs = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, program = '']) => program);

describeWith(namespaces, 'a program in the README', () => {
  const file = tempFolder();
  let namespace: NetworkNamespace;
  beforeEach(async () => {
    namespace = await NetworkNamespace.open();
  });
  afterEach(async () => {
    await killChildren();
    await namespace.close();
  });

  function start(nth: number): ReturnType<typeof spawnChild> {
    const program = programs[nth] ?? '';
    expect(program).toContain("from '@sluice/node-netfilter'");
    const module = path.join(file(), 'program.ts');
    writeFileSync(module, program.replace("'@sluice/node-netfilter'", JSON.stringify(index.href)));
    return spawnChild(new URL(`file://${module}`), [], {}, namespace.command());
  }

  test('blocks networks', async () => {
    const { stdout, stderr, code } = await ended(start(0));
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout.split('\n')).toEqual([
      'by netlink, as koffi loads and the kernel gives netlink sockets',
      '203.0.113.7 is blocked',
      '198.51.100.0/24 is blocked',
      '2001:db8:1:2::3 is blocked',
      expect.stringMatching(/^999\.1\.1\.1 .*999\.1\.1\.1/),
      ...[expect.stringMatching(/^\S+ for /), expect.stringMatching(/^\S+ for /), expect.stringMatching(/^\S+ for /)],
      '0 packets were denied',
      '',
    ]);
    expect(stdout).toMatch(/^203\.0\.113\.7\/32 for a time$/m);
    expect(stdout).toMatch(/^2001:db8:1:2::\/64 for good$/m);
    const table = namespace.run('nft', 'list', 'table', 'inet', 'my_blocks');
    expect(table).toMatch(/203\.0\.113\.7 timeout \S+ expires .*comment "ssh"/);
    expect(table).not.toMatch(/198\.51\.100/);
  });

  test('makes a table, a set and elements, and is told of a fault', async () => {
    const { stdout, stderr, code } = await ended(start(1));
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout.split('\n')).toEqual([
      '192.0.2.0/24',
      '198.51.100.1-198.51.100.9',
      'element 1: ERR_NODE_NETFILTER_EXISTS',
      '',
    ]);
    expect(namespace.run('nft', 'list', 'tables')).toBe('');
  });

  test('sees what others change, and ends when it is told to', async () => {
    const child = start(2);
    let seen = '';
    child.stdout?.on('data', (data) => {
      seen += data;
    });
    const end = ended(child);
    await until(() => seen.includes('watching'));
    // The kernel's socket is opened a moment after the program says so.
    for (let n = 0; !seen.includes('by nft'); n++) {
      namespace.run('nft', `add table inet before${n}`);
      await sleep(20);
    }
    namespace.run('nft', 'add table inet t; add set inet t s { type inet_service; }; add element inet t s { 22, 80 }');
    await until(
      () => seen.endsWith('the table t was added\ns: 22 80\nby nft\n'),
      () => seen,
    );
    child.kill('SIGINT');
    const { stderr, code } = await end;
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });
});

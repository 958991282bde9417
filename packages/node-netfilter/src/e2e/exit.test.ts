import { bundledModule } from '../../../../tools/testing/bundled-module.ts';
import { ended, killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';

describeWith(namespaces, 'a program that closes nothing', () => {
  let namespace: NetworkNamespace;
  beforeAll(async () => {
    namespace = await NetworkNamespace.open();
  });
  afterEach(killChildren);
  afterAll(() => namespace?.close());

  test.each(['netlink', 'nft'])('ends when it has nothing more to do, by %s', async (transport) => {
    const program = await bundledModule(new URL('./testing/unclosed-program.ts', import.meta.url));
    const child = spawnChild(program, [transport], {}, namespace.command());
    expect(await ended(child)).toEqual({ stdout: 'true 1\n', stderr: '', code: 0, signal: null });
    expect(namespace.run('nft', 'list', 'ruleset')).toMatch(/203\.0\.113\.7/);
  });
});

import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespacesOf } from '../../../../tools/testing/network-namespace.ts';
import { startProgram } from '../../../../tools/testing/run-program.ts';
import { E2eScene } from './testing/e2e-scene.ts';

const address = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;

// A plain user's send buffer takes no transaction that is large enough.
describeWith(namespacesOf('root'), 'while another process commits a great deal', () => {
  let scene: E2eScene;
  beforeAll(async () => {
    scene = await E2eScene.open('root');
  });
  afterAll(() => scene?.close());

  test('blocks wait for it, and their process goes on', async () => {
    const { net, firewall } = scene;
    await scene.block({}, '10.77.0.1');
    scene.nft('add table inet big; add set inet big ranges { type ipv4_addr; flags interval; }');
    const elements = Array.from({ length: 150_000 }, (_, i) => address(i * 2)).join(',');
    const huge = startProgram(net.server.command('nft', '-f', '-'), { env: process.env });
    huge.child.stdin?.end(`add element inet big ranges { ${elements} }\n`);
    let isOver = false;
    const ended = huge.ended.finally(() => {
      isOver = true;
    });
    let mostTurns = 0;
    for (let n = 0; !isOver; n++) {
      let turns = 0;
      let isApplied = false;
      const applied = firewall.call('apply', [{ kind: 'block', network: address(n) }]).finally(() => {
        isApplied = true;
      });
      // Every answer is a turn of the process's event loop.
      for (; !isApplied; turns++) await firewall.call('states');
      expect(await applied).toEqual([{ ok: true }]);
      mostTurns = Math.max(mostTurns, turns);
    }
    expect((await ended).status).toBe(0);
    expect(mostTurns).toBeGreaterThan(50);
  });
});

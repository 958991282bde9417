import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { Command } from '../ruleset/command.ts';
import type { NetlinkSocket } from '../socket/netlink-socket.ts';
import { NetlinkScene, upTo } from '../testing/netlink-scene.ts';
import { RemoteSockets } from '../testing/remote-sockets.ts';
import type { Netfilter } from './netfilter.ts';
import { openNetfilter } from './open-netfilter.ts';

// A request for the generation of the ruleset, which the kernel answers at once, whoever commits.
const getGeneration = Uint8Array.from(Buffer.from('14000000100a01000700000000000000' + '00000000', 'hex'));

const elements = 200_000;

describeWith(namespaces, 'while another process commits', () => {
  let scene: NetlinkScene;
  let others: RemoteSockets;
  let other: Netfilter;
  let bystander: NetlinkSocket;

  beforeAll(async () => {
    scene = await NetlinkScene.open();
    others = await RemoteSockets.open(scene.namespace);
    other = await openNetfilter({ sockets: others });
    // In the same process as the netfilter whose event loop is looked at.
    bystander = await scene.sockets.open(12);
  });

  afterAll(async () => {
    await bystander?.close();
    await other?.close();
    await others?.close();
    await scene?.close();
  });

  /** Lets the other process empty a large set, and counts how often our process does something else meanwhile. */
  async function turnsDuring(wait: () => Promise<unknown>): Promise<number> {
    await other.commit(scene.made);
    for (let at = 0; at < elements; at += 10_000)
      await other.commit([scene.add(upTo(10_000).map((number) => at + number))]);
    const emptied = other.commit([{ kind: 'flush-set', set: scene.set }]);
    let isEmptied = false;
    const end = emptied.finally(() => {
      isEmptied = true;
    });
    let most = 0;
    while (!isEmptied) {
      let isDone = false;
      const waited = wait().finally(() => {
        isDone = true;
      });
      let turns = 0;
      while (!isDone) {
        await bystander.exchange(getGeneration, { isQuick: true });
        turns += 1;
      }
      await waited;
      most = Math.max(most, turns);
    }
    await end;
    return most;
  }

  test('a commit waits for it, and the event loop does not', async () => {
    const own: Command = { kind: 'add-table', table: { ...scene.table, table: 'own' } };
    expect(await turnsDuring(() => scene.netfilter.commit([own]))).toBeGreaterThan(50);
  });

  test('a socket that is closed waits for it, and the event loop does not', async () => {
    const closing = async (): Promise<void> => (await scene.sockets.open(12)).close();
    expect(await turnsDuring(closing)).toBeGreaterThan(50);
  });

  test('a question is answered without waiting for it', async () => {
    const most = await turnsDuring(() => scene.netfilter.generation());
    expect(most).toBeLessThan(50);
  });
});

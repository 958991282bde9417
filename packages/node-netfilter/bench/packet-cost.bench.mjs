import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureCommand } from '../../../tools/bench/measure.mjs';
import { Namespace, nftAvailable } from '../../../tools/bench/namespace.mjs';
import { addressOf } from './bans.mjs';
import { openScene } from './scene.mjs';

const sender = fileURLToPath(new URL('send-packets.py', import.meta.url));
const clientAddress = '10.77.0.1';
const serverAddress = '10.77.0.2';
/** What takes the packets in at last, so that nothing answers. */
const sink = `
add table inet sink
add chain inet sink last { type filter hook input priority 100; }
add rule inet sink last udp dport 9 drop
`;

async function linked() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) return 'iptables-legacy needs root';
  if (spawnSync('python3', ['--version']).status !== 0) return 'needs python3; install python3';
  return nftAvailable();
}

async function iptablesAvailable() {
  const isThere = ['/usr/sbin', '/sbin'].some((folder) => existsSync(`${folder}/iptables-legacy-restore`));
  return isThere ? linked() : 'needs iptables-legacy-restore; install iptables';
}

/** Nanoseconds that a packet takes, from `send` to where it is dropped at last. */
async function packetCost({ client }, bursts, packets) {
  const argv = client.command('python3', sender, serverAddress, String(bursts), String(packets));
  const { output, wallMs, cpuMs } = await measureCommand(argv, 1, { keepOutput: true });
  return { value: Number(output), wallMs, cpuMs };
}

/** What a firewall adds to that for a packet that nobody has banned: measured without and with it, several times. */
async function added(context, { rounds, bursts, packets, put, remove }) {
  const without = [];
  const withAll = [];
  let last = { wallMs: 0, cpuMs: 0 };
  for (let round = 0; round < rounds; round += 1) {
    without.push((await packetCost(context, context.bursts, 200)).value);
    await put();
    last = await packetCost(context, bursts, packets);
    withAll.push(last.value);
    await remove();
  }
  return { ...last, value: Math.max(1, Math.min(...withAll) - Math.min(...without)) };
}

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'packet-cost',
  async prepare({ cache, quick }) {
    const scene = await openScene(cache);
    const client = await Namespace.open();
    const { space } = scene;
    client.run('ip', 'link', 'add', 'c0', 'type', 'veth', 'peer', 'name', 's0', 'netns', String(space.pid));
    client.run('ip', 'addr', 'add', `${clientAddress}/24`, 'dev', 'c0');
    client.run('ip', 'link', 'set', 'c0', 'up');
    space.run('ip', 'addr', 'add', `${serverAddress}/24`, 'dev', 's0');
    space.run('ip', 'link', 'set', 's0', 'up');
    await scene.worker.ask('load', { file: scene.fileOf('sink', sink) });
    await scene.worker.ask('delete');
    const count = quick ? 10_000 : 100_000;
    const rules = path.join(cache, `node-netfilter-iptables-${count}.txt`);
    // Behind 10.128 there is nobody who sends.
    const lines = Array.from({ length: count }, (_, n) => `-A INPUT -s ${addressOf(n + (128 << 16))} -j DROP\n`);
    writeFileSync(rules, `*filter\n${lines.join('')}COMMIT\n`);
    return { scene, space, client, count, rules, cache, bursts: quick ? 50 : 200, rounds: quick ? 1 : 3 };
  },
  measurements: [
    {
      metric: 'added to a clean packet with 100,000 banned, nanoseconds',
      unit: 'ns',
      better: 'lower',
      target: 500,
      available: linked,
      ours: (context) =>
        added(context, {
          rounds: context.rounds,
          bursts: context.bursts,
          packets: 200,
          put: () => context.scene.worker.ask('hold', { count: context.count, from: 128 << 16 }),
          remove: () => context.scene.worker.ask('delete'),
        }),
      theirs: {
        name: 'iptables-legacy, a rule for each',
        available: iptablesAvailable,
        run(context) {
          const { space, cache, rules } = context;
          const env = { ...process.env, XTABLES_LOCKFILE: path.join(cache, 'xtables.lock') };
          const restore = (...args) => {
            const [program, ...rest] = space.command('iptables-legacy-restore', '-w', '10', ...args);
            const { status, stderr } = spawnSync(program, rest, { env, encoding: 'utf8' });
            if (status !== 0) throw new Error(stderr);
          };
          const empty = path.join(cache, 'node-netfilter-iptables-none.txt');
          writeFileSync(empty, '*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n');
          return added(context, {
            rounds: 1,
            bursts: 50,
            packets: 20,
            put: () => restore(rules),
            remove: () => restore(empty),
          });
        },
      },
    },
  ],
  async cleanup({ scene, client }) {
    await client.close();
    await scene.close();
  },
};

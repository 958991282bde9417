// The stage of real-ban.test.ts, run inside user, mount and network namespaces of its own:
//   node stage.mjs WORK_DIR CONFIG_DIR BAN_TIME_MS DAEMON_ARGS…
// Two network namespaces joined by a cable; a web server and the daemon in one, two clients in the other.
// Prints one JSON line per observed fact; the test judges them.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const [, , workDir, configDir, banTimeMs, ...daemonArgs] = process.argv;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const run = (command) =>
  execFileSync(command.split(' ')[0], command.split(' ').slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
const tell = (fact) => console.log(JSON.stringify(fact));
const node = process.execPath;
const attacker = '10.77.0.1';
const visitor = '10.77.0.5';
const server = '10.77.0.2';

const request = async (from, path, agent) => {
  const args = [
    'netns',
    'exec',
    'outside',
    node,
    here('client.mjs'),
    from,
    `http://${server}:8080${path}`,
    agent ?? 'Mozilla/5.0',
  ];
  return (await promisify(execFile)('ip', args)).stdout.trim();
};
/** Asks until the answer is one of `wanted`; when that request began, from now, or null when it never came. */
const until = async (from, wanted, limitMs) => {
  const began = Date.now();
  while (Date.now() - began < limitMs) {
    const askedMs = Date.now() - began;
    if (wanted.includes(await request(from, '/'))) return askedMs;
    await sleep(20);
  }
  return null;
};
const firstLine = async (child, wanted) => {
  for await (const line of createInterface({ input: child.stdout })) {
    console.error(line);
    if (line.includes(wanted)) break;
  }
  child.stdout.on('data', (data) => process.stderr.write(data)).resume();
};

for (const command of [
  'mount -t tmpfs tmpfs /run',
  'mkdir -p /run/netns',
  'ip netns add outside',
  'ip netns add inside',
  'ip link add c0 netns outside type veth peer name s0 netns inside',
  `ip -n outside addr add ${attacker}/24 dev c0`,
  `ip -n outside addr add ${visitor}/24 dev c0`,
  'ip -n outside link set c0 up',
  `ip -n inside addr add ${server}/24 dev s0`,
  'ip -n inside link set s0 up',
  'ip -n inside link set lo up',
])
  run(command);

const logDir = `${workDir}/root/var/log/apache2`;
mkdirSync(logDir, { recursive: true });
const inside = (script, ...args) =>
  spawn('ip', ['netns', 'exec', 'inside', node, script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
const web = inside(here('http-server.mjs'), server, '8080', `${logDir}/shop_access.log`);
await firstLine(web, 'listening');
const daemon = inside(
  here('../../bin/banwatchd.cjs'),
  '--state',
  `${workDir}/state`,
  '--logtarget',
  'STDOUT',
  '--config',
  configDir,
  '--root',
  `${workDir}/root`,
  ...daemonArgs,
);
const daemonExit = new Promise((resolve) => daemon.on('exit', (code, signal) => resolve({ code, signal })));
try {
  await firstLine(daemon, "Jail 'apache-e107ddos' started");
  tell({ fact: 'served before', attacker: await request(attacker, '/'), visitor: await request(visitor, '/') });
  tell({ fact: 'attack answered', status: await request(attacker, '/e107_plugins/contact.php', 'perl post') });
  tell({ fact: 'attacker cut off', afterMs: await until(attacker, ['TIMEOUT', 'ECONNREFUSED'], 5000) });
  tell({ fact: 'visitor during the ban', status: await request(visitor, '/') });
  tell({ fact: 'attacker served again', afterMs: await until(attacker, ['200'], Number(banTimeMs) + 10_000) });
} finally {
  daemon.kill('SIGTERM');
  tell({ fact: 'daemon ended', ...(await daemonExit) });
  web.kill();
}

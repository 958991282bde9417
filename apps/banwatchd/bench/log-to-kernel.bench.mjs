import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBans, openBanStore } from '@sluice/ban-policy/lmdb';
import { nftAvailable } from '../../../tools/bench/namespace.mjs';
import { DaemonStage } from './support/daemon-stage.mjs';
import { available } from './support/peer.mjs';

const banwatchd = fileURLToPath(new URL('../bin/banwatchd.cjs', import.meta.url));
const address = (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
const ourSet = ['sluice', 'all4_32'];
const theirSet = ['f2b-table', 'addr-set-flood'];

/** The stock configuration with one jail, which bans at the first failure, and its log. */
function writeConfig(folder) {
  const conf = path.join(folder, 'conf');
  cpSync('/etc/fail2ban', conf, { recursive: true });
  rmSync(path.join(conf, 'jail.d'), { recursive: true, force: true });
  const server = `loglevel = INFO\nlogtarget = ${folder}/daemon.log\ndbfile = ${folder}/fail2ban.sqlite3\n`;
  writeFileSync(path.join(conf, 'fail2ban.local'), `[DEFAULT]\n${server}`);
  writeFileSync(path.join(conf, 'filter.d/flood.conf'), '[Definition]\nfailregex = ^\\s*flood from <HOST>$\n');
  const jail = `[DEFAULT]
bantime = 2h
findtime = 1h
usedns = no
[flood]
enabled = true
backend = auto
filter = flood
maxretry = 1
logpath = ${folder}/flood.log
action = nftables-allports[name=flood]
`;
  writeFileSync(path.join(conf, 'jail.local'), jail);
  writeFileSync(path.join(folder, 'flood.log'), '');
  return conf;
}

const lines = (first, count) => {
  const time = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
  return Array.from({ length: count }, (_, n) => `${time} flood from ${address(first + n)}\n`).join('');
};

/**
 * Writes so many failures at once, and waits until the last of them is banned in the kernel. Before that come some to warm
 * up: a daemon that bans is not one that has just begun.
 */
async function flood({ cache, warmUp, count, argv, ready, set }) {
  const folder = mkdtempSync(path.join(cache, 'log-to-kernel-'));
  const stage = await DaemonStage.open();
  try {
    const conf = writeConfig(folder);
    await stage.start(argv(folder, conf), { log: path.join(folder, 'daemon.log'), ready });
    const log = path.join(folder, 'flood.log');
    const warm = await stage.watch(...set, address(warmUp));
    appendFileSync(log, lines(1, warmUp));
    await warm.seen;
    const { seen } = await stage.watch(...set, address(warmUp + count));
    const cpuBefore = stage.cpuMs();
    const beganNs = process.hrtime.bigint();
    appendFileSync(log, lines(warmUp + 1, count));
    const wallMs = Number((await seen) - beganNs) / 1e6;
    return { value: (count / wallMs) * 1000, wallMs, cpuMs: stage.cpuMs() - cpuBefore };
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const own = (folder) => [
  ...['--state', `${folder}/state`, '--socket', `${folder}/run/sock`, '--pid-file', `${folder}/run/pid`],
  ...['--logtarget', `${folder}/daemon.log`, '--ban-with', 'netfilter'],
];
const ours = (folder, conf) => [process.execPath, banwatchd, '-c', conf, ...own(folder)];
const theirs = (folder, conf) => [
  ...['fail2ban-server', '-f', '-x', '-c', conf, '-s', `${folder}/sock`, '-p', `${folder}/pid`],
  ...['--logtarget', `${folder}/daemon.log`, 'start'],
];

/** A state that holds bans which have an hour to go. */
async function fillState(folder, count) {
  const store = openBanStore(path.join(folder, 'state'));
  const bannedAtMs = Date.now() - 60_000;
  const times = { bannedAtMs, endMs: bannedAtMs + 7_200_000, banTimeMs: 7_200_000 };
  const bans = Array.from({ length: count }, (_, n) => {
    const id = address(n + 1);
    const ban = { id, address: { text: id, family: 4 }, ...times, failures: 1, count: 1, matches: [], groups: {} };
    return { jail: 'flood', ban, as: 'last' };
  });
  await importBans(store, bans, Date.now());
  await store.close();
}

/** Starts a daemon whose state holds bans, and waits until it is ready: until the kernel has them all. */
async function restore({ cache, many }) {
  const folder = mkdtempSync(path.join(cache, 'log-to-kernel-'));
  const stage = await DaemonStage.open();
  try {
    const conf = writeConfig(folder);
    await fillState(folder, many);
    const { seen } = await stage.watch(...ourSet, address(many));
    const beganNs = process.hrtime.bigint();
    const log = path.join(folder, 'daemon.log');
    await stage.start(ours(folder, conf), { log, ready: 'Banning with netfilter' });
    const wallMs = Number((await seen) - beganNs) / 1e6;
    return { value: wallMs, wallMs, cpuMs: stage.cpuMs() };
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'log-to-kernel',
  async prepare({ cache, quick }) {
    return quick
      ? { cache, warmUp: 100, count: 500, theirWarmUp: 2, theirCount: 20, many: 5000 }
      : { cache, warmUp: 3000, count: 10_000, theirWarmUp: 10, theirCount: 300, many: 100_000 };
  },
  measurements: [
    {
      metric: 'bans from log line to kernel (10,000 of ours, 300 of theirs)',
      unit: 'bans/s',
      better: 'higher',
      target: 300,
      available: nftAvailable,
      ours: ({ cache, warmUp, count }) =>
        flood({ cache, warmUp, count, argv: ours, ready: 'Banning with netfilter', set: ourSet }),
      theirs: {
        name: 'fail2ban 1.0.2 with nftables-allports',
        available: available('fail2ban-server'),
        run: ({ cache, theirWarmUp, theirCount }) =>
          flood({
            cache,
            warmUp: theirWarmUp,
            count: theirCount,
            argv: theirs,
            ready: "Jail 'flood' started",
            set: theirSet,
          }),
      },
    },
    {
      metric: '100,000 bans of the state, from the start of the daemon to all in the kernel',
      unit: 'ms',
      better: 'lower',
      target: null,
      available: nftAvailable,
      ours: restore,
    },
  ],
};

// The main job on an embedded default, `npm start`: a jail as fail2ban users have it, a web server's log with an attack
// in it, and the bans that come of it. Touches no firewall but that of a network namespace of its own.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Daemon, startDaemon, summaryLines } from '@sluice/banwatchd';
import { attackLine, ordinaryLine } from './attack-log.ts';
import { enterNamespace, inNamespace, namespaceObstacle } from './own-namespace.ts';

const configDir = fileURLToPath(new URL('../fail2ban', import.meta.url));
const table = 'sluice';
const historyLines = 200_000;
const historyMs = 9 * 60_000;
const patienceMs = 15_000;
const say = (line = ''): boolean => process.stdout.write(`${line}\n`);

/** The log as the daemon finds it: nine minutes of visits, two attackers among them, one of whom comes back. */
function writeHistory(file: string, nowMs: number): void {
  const began = nowMs - historyMs;
  const attacks = new Map([
    [Math.round(historyLines * 0.2), '193.33.21.199'],
    [Math.round(historyLines * 0.4), '69.41.162.10'],
    [Math.round(historyLines * 0.7), '69.41.162.10'],
  ]);
  const lines: string[] = [];
  for (let n = 0; n < historyLines; n++) {
    const timeMs = began + (n * historyMs) / historyLines;
    const attacker = attacks.get(n);
    lines.push(ordinaryLine(n, timeMs));
    if (attacker !== undefined) lines.push(attackLine(attacker, timeMs));
  }
  writeFileSync(file, lines.join(''));
}

/** What happens while the daemon watches: more visits, a third attacker, and an address that is none. */
async function appendLive(file: string): Promise<void> {
  const attackers = ['203.0.113.77', '999.1.1.1', '2001:db8:bad::1'];
  for (const attacker of attackers) {
    appendFileSync(file, Array.from({ length: 50 }, (_, n) => ordinaryLine(n, Date.now())).join(''));
    appendFileSync(file, attackLine(attacker, Date.now()));
    await sleep(400);
  }
}

async function until(reached: () => boolean): Promise<boolean> {
  const end = Date.now() + patienceMs;
  while (!reached() && Date.now() < end) await sleep(50);
  return reached();
}

async function play(daemon: Daemon, log: string): Promise<void> {
  const historyRead = await until(() => daemon.stats().lines >= historyLines);
  await appendLive(log);
  const banned = await until(() => daemon.stats().bans >= 4);
  if (!historyRead || !banned)
    throw new Error(`expected 4 bans within ${patienceMs} ms, got ${JSON.stringify(daemon.stats())}`);
}

async function main(): Promise<void> {
  const obstacle = inNamespace() ? undefined : namespaceObstacle();
  if (!inNamespace() && obstacle === undefined) {
    process.exitCode = enterNamespace();
    return;
  }
  const root = mkdtempSync(path.join(tmpdir(), 'sluice-'));
  try {
    const logDir = path.join(root, 'var/log/apache2');
    const log = path.join(logDir, 'shop_access.log');
    mkdirSync(logDir, { recursive: true });
    writeHistory(log, Date.now());
    say('Sluice: from a log to a ban, by the jail in examples/fail2ban.');
    say(
      inNamespace()
        ? 'The firewall is real, in a network namespace of its own: nothing outside it is touched.'
        : `The firewall is a dry run (${obstacle}): the very commands are printed instead.`,
    );
    say();
    const daemon = startDaemon({ configDir, root, banWith: 'netfilter', table, dryRun: !inNamespace() });
    await play(daemon, log);
    if (inNamespace()) {
      say('\n$ nft list table inet sluice');
      say(execFileSync('nft', ['list', 'table', 'inet', table], { encoding: 'utf8' }));
    }
    await daemon.stop();
    say();
    for (const line of summaryLines(daemon.stats())) say(line);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

await main();

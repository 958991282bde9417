import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const at = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const stage = at('../testdata/real-ban/stage.mjs');
const banTimeMs = 4000;
const nobody = 65534;

/** What keeps the stage from being set up here; undefined when nothing does. */
function obstacle(prefix: readonly string[]): string | undefined {
  for (const program of ['ip', 'nft', 'iptables', 'unshare']) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
      return `needs ${program}: apt-get install iproute2 nftables iptables util-linux`;
  }
  if (!existsSync(at('../dist/main.js'))) return 'needs the build: npm run build';
  const [command = '', ...args] = [...prefix, 'nft', 'list', 'ruleset'];
  const probe = spawnSync(command, args, { encoding: 'utf8' });
  return probe.status === 0
    ? undefined
    : `needs network namespaces: ${prefix.join(' ')} fails: ${probe.stderr?.trim()}`;
}

interface Fact {
  readonly fact: string;
  readonly [key: string]: unknown;
}

async function play(prefix: readonly string[], daemonArgs: readonly string[]): Promise<Map<string, Fact>> {
  const workDir = mkdtempSync(path.join(tmpdir(), 'banwatchd-'));
  let child: ChildProcess | undefined;
  try {
    chmodSync(workDir, 0o777);
    const configDir = path.join(workDir, 'fail2ban');
    cpSync(at('../../../examples/fail2ban'), configDir, { recursive: true });
    mkdirSync(path.join(configDir, 'jail.d'), { recursive: true });
    writeFileSync(path.join(configDir, 'jail.d', 'short.local'), `[apache-e107ddos]\nbantime = ${banTimeMs / 1000}s\n`);
    const [command = '', ...args] = [
      ...prefix,
      process.execPath,
      stage,
      workDir,
      configDir,
      String(banTimeMs),
      ...daemonArgs,
    ];
    const spawned = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child = spawned;
    let log = '';
    spawned.stderr.on('data', (data) => {
      log += data;
    });
    const facts = new Map<string, Fact>();
    for await (const line of createInterface({ input: spawned.stdout })) {
      const fact: Fact = JSON.parse(line);
      facts.set(fact.fact, fact);
    }
    if (!facts.has('daemon ended')) throw new Error(`the stage broke down:\n${log}`);
    return facts;
  } finally {
    child?.kill('SIGKILL');
    rmSync(workDir, { recursive: true, force: true });
  }
}

const asIs = ['unshare', '--user', '--map-root-user', '--net', '--mount'];
const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...asIs];
const users =
  process.getuid?.() === 0
    ? ([
        ['as root', asIs],
        ['as an unprivileged user', asNobody],
      ] as const)
    : ([['as this user', asIs]] as const);
const ways = [
  ['the nf_tables sets', ['--ban-with', 'netfilter']],
  ["the jail's own iptables commands", []],
] as const;

describe.each(users)('a real attacker, %s', (_, prefix) => {
  const missing = obstacle(prefix);
  const run = missing === undefined || process.env['CI'] === 'true' ? test : test.skip;

  run.each(ways)(
    `is cut off by %s and served again after the ban time${missing === undefined ? '' : ` (${missing})`}`,
    async (_way, daemonArgs) => {
      expect(missing).toBeUndefined();
      const facts = await play(prefix, daemonArgs);
      expect(facts.get('served before')).toMatchObject({ attacker: '200', visitor: '200' });
      expect(facts.get('attack answered')).toMatchObject({ status: '200' });
      expect(facts.get('attacker cut off')?.['afterMs']).toEqual(expect.any(Number));
      expect(facts.get('attacker cut off')?.['afterMs']).toBeLessThan(2000);
      expect(facts.get('visitor during the ban')).toMatchObject({ status: '200' });
      expect(facts.get('attacker served again')?.['afterMs']).toEqual(expect.any(Number));
      expect(facts.get('daemon ended')).toMatchObject({ code: 0 });
    },
    60_000,
  );
});

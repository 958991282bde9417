import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Need, program, testWith } from '../../../tools/testing/describe-with.ts';

const at = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const stage = at('../testdata/real-ban/stage.mjs');
const banTimeMs = 4000;
const nobody = 65534;

/** What the stage is set up with. */
function needsOf(prefix: readonly string[]): readonly Need[] {
  const [command = '', ...args] = [...prefix, 'nft', 'list', 'ruleset'];
  const probe = spawnSync(command, args, { env: process.env, encoding: 'utf8' });
  return [
    program('ip', 'iproute2'),
    program('nft', 'nftables'),
    program('iptables'),
    program('unshare', 'util-linux'),
    {
      text: `network namespaces: ${prefix.join(' ')} fails: ${probe.stderr?.trim()}`,
      isThere: probe.status === 0,
    },
  ];
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
    const spawned = spawn(command, args, { env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
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
  const needs = needsOf(prefix);

  for (const [way, daemonArgs] of ways)
    testWith(
      needs,
      `is cut off by ${way} and served again after the ban time`,
      async () => {
        expect(needs.filter(({ isThere }) => !isThere)).toEqual([]);
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

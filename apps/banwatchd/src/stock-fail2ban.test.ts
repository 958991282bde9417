import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LinkedNamespaces } from '../../../packages/ban-action/src/testing/linked-namespaces.ts';
import { namespaces } from '../../../packages/ban-action/src/testing/network-namespace.ts';
import { logrotate, logrotateProgram } from '../../../packages/log-source/src/testing/logrotate.ts';
import { spawnChild } from '../../../tools/testing/child.ts';
import { describeWith, type Need, program } from '../../../tools/testing/describe-with.ts';
import { SceneFolder } from '../../../tools/testing/scene-folder.ts';
import { until } from '../../../tools/testing/until.ts';

const stock = '/etc/fail2ban';
const stockFiles: Need = {
  text: `the stock configuration in ${stock}: install the package fail2ban`,
  isThere: existsSync(`${stock}/paths-debian.conf`),
};

const attacker = '10.77.0.1';
const visitor = '10.77.0.5';
const banTimeMs = 8000;

/** What a machine's owner writes beside the stock files, to have the jails and to wait less. */
const jailLocal = (sshRetries: number): string => `[DEFAULT]
bantime = ${banTimeMs / 1000}s

[sshd]
enabled = true
port = 8080
maxretry = ${sshRetries}

[apache-auth]
enabled = true
banaction = nftables-allports

[recidive]
enabled = true
banaction = nftables-allports
maxretry = 3
bantime = 1w
`;

/** A machine with Debian's fail2ban configuration, and our daemon in place of fail2ban's. */
class Machine extends SceneFolder {
  readonly net: LinkedNamespaces;
  readonly log = 'root/var/log/fail2ban.log';
  #daemon: ChildProcess | undefined;
  #port = 40_000;

  constructor(net: LinkedNamespaces) {
    super();
    this.net = net;
    for (const name of ['jail.conf', 'fail2ban.conf', 'filter.d', 'action.d', 'paths-common.conf', 'paths-debian.conf'])
      cpSync(`${stock}/${name}`, this.path(`fail2ban/${name}`), { recursive: true });
    this.configure(5);
    for (const log of [this.log, 'root/var/log/auth.log', 'root/var/log/apache2/error.log']) this.write(log, '');
  }

  configure(sshRetries: number): void {
    this.write('fail2ban/jail.local', jailLocal(sshRetries));
  }

  async start(): Promise<void> {
    const options = {
      configDir: this.path('fail2ban'),
      root: this.path('root'),
      stateDir: this.path('state'),
      log: { target: this.path(this.log) },
    };
    const before = this.lines("Jail 'recidive' started").length;
    const [child, wrapper] = [new URL('testing/daemon-child.ts', import.meta.url), this.net.server.command()];
    this.#daemon = spawnChild(child, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit'] }, wrapper);
    await this.until('the start', () => this.lines("Jail 'recidive' started").length > before);
  }

  /** @param signal SIGKILL for an end that nobody was told of */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const daemon = this.#daemon;
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const exited = once(daemon, 'exit');
    daemon.kill(signal);
    await exited;
  }

  async reload(): Promise<void> {
    const before = this.lines('Reload finished').length;
    this.#daemon?.kill('SIGHUP');
    await this.until('the reload', () => this.lines('Reload finished').length > before);
  }

  /** What sshd writes of somebody who tries passwords. */
  failAtSsh(from: string, times: number): void {
    for (let n = 0; n < times; n += 1)
      this.#append(
        'auth.log',
        `${syslogTime(new Date())} shop sshd[${(this.#port += 1)}]: Failed password for root from ${from} port 4711 ssh2\n`,
      );
  }

  /** What Apache writes of somebody who does so there. */
  failAtApache(from: string, times: number): void {
    for (let n = 0; n < times; n += 1) {
      const [client, time] = [`[client ${from}:${(this.#port += 1)}]`, apacheTime(new Date())];
      this.#append('apache2/error.log', `[${time}] [auth_basic:error] [pid 7] ${client} AH01618: user eve not found: /\n`);
    }
  }

  rotate(log: string): void {
    logrotate(this.path('root/var/log'), this.path(`root/var/log/${log}`), ['create', 'rotate 2', 'su root root']);
  }

  /** Lines of our log that hold a text, without time and process. */
  lines(text: string): readonly string[] {
    const lines = readFileSync(this.path(this.log), 'utf8').split('\n');
    return lines.filter((line) => line.includes(text)).map((line) => line.replace(/^[^[]*\[\d+\]: /, ''));
  }

  until(what: string, holds: () => boolean): Promise<void> {
    return until(holds, () => ({ what, log: readFileSync(this.path(this.log), 'utf8').split('\n') }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGTERM');
    this[Symbol.dispose]();
  }

  #append(log: string, line: string): void {
    appendFileSync(path.join(this.path('root/var/log'), log), line);
  }
}

const syslogTime = (time: Date): string => {
  const [, month = '', day = '', , clock = ''] = time.toString().split(' ');
  return `${month} ${String(Number(day)).padStart(2)} ${clock}`;
};
const apacheTime = (time: Date): string => {
  const [weekday, month, day, year, clock] = time.toString().split(' ');
  return `${weekday} ${month} ${day} ${clock}.000001 ${year}`;
};

describeWith(
  [...namespaces, program('iptables'), logrotateProgram, stockFiles],
  "Debian's fail2ban configuration, unchanged, and a real attacker",
  () => {
    let net: LinkedNamespaces;
    let machine: Machine;
    beforeAll(async () => {
      net = await LinkedNamespaces.open();
      machine = new Machine(net);
      await machine.start();
    });
    afterAll(async () => {
      await machine[Symbol.asyncDispose]();
      await net.close();
    });

    const isCutOff = (from: string): boolean => net.request(from) !== 'served';

    test('iptables-multiport: banned at the fifth failure, by a real rule, and nobody else', async () => {
      machine.failAtSsh(attacker, 4);
      await machine.until('four failures', () => machine.lines(`[sshd] Found ${attacker}`).length === 4);
      expect(net.request(attacker)).toBe('served');
      machine.failAtSsh(attacker, 1);
      await machine.until('the attacker to be cut off', () => isCutOff(attacker));
      expect(machine.lines('[sshd] Ban')).toEqual([`NOTICE  [sshd] Ban ${attacker}`]);
      expect(net.server.run('iptables', '-S', 'f2b-sshd')).toContain(`-s ${attacker}/32 -j REJECT`);
      expect(net.request(visitor)).toBe('served');
    });

    test('the ban survives kill -9, stands once after the restart and ends on time', async () => {
      await machine.end('SIGKILL');
      expect(isCutOff(attacker)).toBe(true);
      await machine.start();
      await machine.until('the ban to be restored', () => machine.lines('[sshd] Restore Ban').length === 1);
      await machine.until('one rule', () => rulesOf(attacker).length === 1);
      expect(isCutOff(attacker)).toBe(true);
      await machine.until('the end of the ban', () => !isCutOff(attacker));
      expect(machine.lines('[sshd] Unban')).toEqual([`NOTICE  [sshd] Unban ${attacker}`]);
      expect(machine.lines('[sshd] Ban')).toHaveLength(1);
      expect(bannedForMs(machine, 'sshd', attacker)).toBeGreaterThan(banTimeMs - 2000);
      expect(bannedForMs(machine, 'sshd', attacker)).toBeLessThan(banTimeMs + 2000);
    });
    const rulesOf = (address: string): readonly string[] =>
      net.server.run('iptables', '-S').split('\n').filter((rule) => rule.includes(address));

    test('nftables-allports: banned, and still so after a reload that changes another jail', async () => {
      machine.failAtApache(attacker, 5);
      await machine.until('the attacker to be cut off', () => isCutOff(attacker));
      expect(machine.lines('[apache-auth] Ban')).toEqual([`NOTICE  [apache-auth] Ban ${attacker}`]);
      expect(net.server.run('nft', 'list', 'ruleset')).toMatch(/addr-set-apache-auth[^}]*10\.77\.0\.1/s);
      machine.failAtSsh(visitor, 2);
      await machine.until('two failures', () => machine.lines(`[sshd] Found ${visitor}`).length === 2);
      machine.configure(3);
      await machine.reload();
      expect(isCutOff(attacker)).toBe(true);
      expect(machine.lines('Flush ticket')).toEqual([]);
      // Two failures were counted before the reload, by which three are enough.
      machine.failAtSsh(visitor, 1);
      await machine.until('the other one to be cut off', () => isCutOff(visitor));
    });

    test('recidive reads our own log, over its rotation, and bans who was banned three times', async () => {
      await machine.until('the ends of the bans', () => !isCutOff(attacker) && !isCutOff(visitor));
      machine.rotate('auth.log');
      machine.failAtSsh(attacker, 3);
      await machine.until('the third ban', () => machine.lines(`[sshd] Ban ${attacker}`).length === 2);
      await machine.until('recidive', () => machine.lines(`[recidive] Ban ${attacker}`).length === 1);
      expect(machine.lines('[recidive] Found')).toHaveLength(4);
    });

    test('the end takes away what the actions made, and the state brings it back', async () => {
      await machine.end('SIGTERM');
      expect(net.server.run('iptables', '-S')).not.toContain('f2b-sshd');
      expect(net.request(attacker)).toBe('served');
      await machine.start();
      await machine.until('the ban of recidive', () => isCutOff(attacker));
      expect(machine.lines('[recidive] Restore Ban')).toHaveLength(1);
      expect(machine.lines('ERROR')).toEqual([]);
    });
  },
);

/** How long a ban stood by the times of its lines in the log. */
function bannedForMs(machine: Machine, jail: string, id: string): number {
  const timeOf = (text: string): number => {
    const line = machine.read(machine.log).split('\n').find((one) => one.includes(`[${jail}] ${text} ${id}`)) ?? '';
    return Date.parse(line.slice(0, 23).replace(',', '.'));
  };
  return timeOf('Unban') - timeOf('Ban');
}

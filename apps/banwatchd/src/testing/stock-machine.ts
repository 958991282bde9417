import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { spawnChild } from '../../../../tools/testing/child.ts';
import type { Need } from '../../../../tools/testing/describe-with.ts';
import type { LinkedNamespaces } from '../../../../tools/testing/linked-namespaces.ts';
import { logrotate } from '../../../../tools/testing/logrotate.ts';
import { SceneFolder } from '../../../../tools/testing/scene-folder.ts';
import { until } from '../../../../tools/testing/until.ts';

const stock = '/etc/fail2ban';

/** The files of Debian's package. */
export const stockFiles: Need = {
  text: `the stock configuration in ${stock}: install the package fail2ban`,
  isThere: existsSync(`${stock}/paths-debian.conf`),
};

/** How long the jails of the machine ban, save recidive. */
export const banTimeMs: number = 8000;

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
export class StockMachine extends SceneFolder {
  readonly net: LinkedNamespaces;
  readonly log: string = 'root/var/log/fail2ban.log';
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
    const args = ['--config', 'fail2ban', '--root', 'root', '--state', 'state', '--socket', 'run/banwatchd.sock']
      .concat('--pid-file', 'run/banwatchd.pid', '--logtarget', this.log)
      .map((arg, n) => (n % 2 === 0 ? arg : this.path(arg)));
    const before = this.lines("Jail 'recidive' started").length;
    const program = new URL('../main.ts', import.meta.url);
    this.#daemon = spawnChild(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }, this.net.server.command());
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
        `${syslogTime(new Date())} shop sshd[${this.#nextPort()}]: Failed password for root from ${from} port 4711 ssh2\n`,
      );
  }

  /** What Apache writes of somebody who does so there. */
  failAtApache(from: string, times: number): void {
    for (let n = 0; n < times; n += 1) {
      const [client, time] = [`[client ${from}:${this.#nextPort()}]`, apacheTime(new Date())];
      this.#append(
        'apache2/error.log',
        `[${time}] [auth_basic:error] [pid 7] ${client} AH01618: user eve not found: /\n`,
      );
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

  #nextPort(): number {
    this.#port += 1;
    return this.#port;
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

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SceneFolder } from '../../../../../tools/testing/scene-folder.ts';
import { until } from '../../../../../tools/testing/until.ts';
import { runClient } from '../run-client.ts';

const stockConfig = '/etc/fail2ban';
const program = fileURLToPath(new URL('../../../bin/banwatchd.cjs', import.meta.url));

/** What a client printed, without times, process ids, the scene's own folder, and what it says besides the answer. */
export interface Printed {
  readonly status: number | null;
  readonly out: string;
  readonly errors: string;
}

/** What a scene is made of; `@DIR@` is its folder. */
export interface PeerSceneParts {
  /** jail.local over the stock configuration. */
  readonly jails: string;
  /** Log files by name, with what is in them at the start. */
  readonly logs: Readonly<Record<string, string>>;
}

// Python names the encoding otherwise in the locale C, which is that of a bare machine.
const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C.UTF-8' };

/** A daemon over a copy of the stock configuration, in a network namespace of its own, and its client. */
abstract class PeerScene extends SceneFolder {
  readonly #daemon: ChildProcess;
  #said = '';

  constructor({ jails, logs }: PeerSceneParts, daemon: readonly string[]) {
    super();
    cpSync(stockConfig, this.path('conf'), { recursive: true });
    this.write('conf/jail.local', jails.replaceAll('@DIR@', this.dir));
    this.write('conf/fail2ban.local', `[DEFAULT]\ndbfile = ${this.dir}/f2b.sqlite3\n`);
    for (const [name, text] of Object.entries(logs)) this.write(name, text);
    const argv = this.here(['unshare', '-rn', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', ...daemon]);
    this.#daemon = spawn(argv[0] ?? '', argv.slice(1), { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#daemon.stdout, this.#daemon.stderr])
      stream?.on('data', (text) => {
        this.#said += text;
      });
  }

  /** Runs the client to its end. */
  abstract run(command: readonly string[]): Promise<Printed>;

  /** Waits until what the daemon says of itself holds. */
  async ready(holds: () => Promise<boolean>): Promise<void> {
    await until(
      () => existsSync(this.path('socket')),
      () => this.#said,
    );
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  override [Symbol.dispose](): void {
    this.#daemon.kill('SIGKILL');
    super[Symbol.dispose]();
  }

  protected here(words: readonly string[]): string[] {
    return words.map((word) => word.replaceAll('@DIR@', this.dir));
  }

  protected plain(status: number | null, out: string, errors: string): Printed {
    return { status, out: this.#plain(out), errors: this.#plain(errors) };
  }

  #plain(text: string): string {
    return plainText(text.replaceAll(this.dir, '@DIR@'));
  }
}

/** Without what differs from run to run, and warnings. The tag for IPv6 addresses is that of newer releases, as ours. */
export const plainText = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d{3})?/g, 'TIME')
    .replace(/\[\d+\]: (?=[A-Z]+ )/g, '[PID]: ')
    .replace(/^TIME \S+ +\[PID\]: WARNING .*\n/gm, '')
    .replaceAll('|::){1,7}', '|:){1,7}');

/** The options that both programs share. */
const shared = ['-s', '@DIR@/socket', '-p', '@DIR@/pid', '-c', '@DIR@/conf', '--logtarget', '@DIR@/f2b.log'];

/** fail2ban's server and client. */
export class Fail2banScene extends PeerScene {
  constructor(parts: PeerSceneParts) {
    super(parts, ['fail2ban-server', '-f', '-x', ...shared, 'start']);
  }

  override async run(command: readonly string[]): Promise<Printed> {
    const args = this.here(['-s', '@DIR@/socket', '-c', '@DIR@/conf', ...command]);
    const { status, stdout, stderr } = spawnSync('fail2ban-client', args, { env: environment, encoding: 'utf8' });
    return this.plain(status, stdout, stderr);
  }
}

/** The daemon as users start it, and the client in this process. */
export class BanwatchScene extends PeerScene {
  constructor(parts: PeerSceneParts) {
    super(parts, [process.execPath, program, ...shared, '--state', '@DIR@/state', 'start']);
  }

  override async run(command: readonly string[]): Promise<Printed> {
    const { status, out, errors } = await runClient(this.here(['-s', '@DIR@/socket', '-c', '@DIR@/conf', ...command]));
    return this.plain(status, out, errors);
  }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type Need, program } from './describe-with.ts';

/** What nftables in a namespace of one's own needs. */
export const namespaces: readonly Need[] = [
  program('unshare', 'util-linux'),
  program('nsenter', 'util-linux'),
  program('nft', 'nftables'),
  {
    text: 'user namespaces with nf_tables: as root, sysctl kernel.unprivileged_userns_clone=1',
    isThere: spawnSync('unshare', ['-Urn', 'nft', 'list', 'tables'], { env: process.env }).status === 0,
  },
];

/** A network namespace with nothing in it, made and entered without being root. */
export class NetworkNamespace {
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  /** @param beside one whose owner shall own the new one too, so that the two can be joined */
  static async open(beside?: NetworkNamespace): Promise<NetworkNamespace> {
    const hold = ['sh', '-c', 'ip link set lo up; echo ready; exec sleep infinity'];
    const [program = '', ...args] =
      beside === undefined ? ['unshare', '-Urn', ...hold] : beside.command('unshare', '-n', ...hold);
    const holder = spawn(program, args, { env: process.env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    return new NetworkNamespace(holder);
  }

  get pid(): number {
    return this.#holder.pid as number;
  }

  /** Command line that runs a program in the namespace. */
  command(...argv: string[]): string[] {
    return ['nsenter', '-t', String(this.pid), '-U', '-n', '--preserve-credentials', ...argv];
  }

  /** Runs a program in the namespace to its end and gives its output. */
  run(...argv: string[]): string {
    const [program = '', ...args] = this.command(...argv);
    const { status, stdout, stderr } = spawnSync(program, args, {
      env: process.env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** Removes the namespace: it is gone with the process that holds it. */
  async close(): Promise<void> {
    const exited = once(this.#holder, 'exit');
    this.#holder.kill('SIGKILL');
    await exited;
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const isRoot = process.getuid?.() === 0;

/** A network namespace, made and entered without being root where this process is not. */
export class Namespace {
  #holder;

  /** @param {import('node:child_process').ChildProcess} holder process that is in it, and ends it by its own end */
  constructor(holder) {
    this.#holder = holder;
  }

  static async open() {
    const hold = 'ip link set lo up; echo ready; exec sleep infinity';
    const holder = spawn('unshare', [isRoot ? '-n' : '-Urn', 'sh', '-c', hold], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(/** @type {import('node:stream').Readable} */ (holder.stdout), 'data');
    return new Namespace(holder);
  }

  get pid() {
    return this.#holder.pid;
  }

  /**
   * Command line that runs a program in the namespace.
   *
   * @param {readonly string[]} argv
   */
  command(...argv) {
    const enter = isRoot ? ['-n'] : ['-U', '-n', '--preserve-credentials'];
    return ['nsenter', '-t', String(this.pid), ...enter, ...argv];
  }

  /**
   * Runs a program in the namespace to its end.
   *
   * @param {readonly string[]} argv
   */
  run(...argv) {
    const [program = '', ...args] = this.command(...argv);
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
    return stdout;
  }

  async close() {
    const exited = once(this.#holder, 'exit');
    this.#holder.kill('SIGKILL');
    await exited;
  }
}

/**
 * Whether nft works in such a namespace.
 *
 * @returns {Promise<true | string>}
 */
export async function nftAvailable() {
  const { status } = spawnSync('unshare', [isRoot ? '-n' : '-Urn', 'nft', 'list', 'tables']);
  return status === 0 || 'needs nft and network namespaces; install nftables and util-linux';
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/** The PATH of a plain user lacks the folders that nft is in. */
const path = `${process.env['PATH']}:/usr/local/sbin:/usr/sbin:/sbin`;
process.env['PATH'] = path;

/** What nftables in a namespace of one's own needs and is not here, with the way to get it; undefined when all is. */
export function missingForNamespaces(): string | undefined {
  for (const [program, name] of [
    ['unshare', 'util-linux'],
    ['nsenter', 'util-linux'],
    ['nft', 'nftables'],
  ] as const)
    if (!path.split(':').some((folder) => existsSync(`${folder}/${program}`)))
      return `${program}; install the package ${name}`;
  const { status } = spawnSync('unshare', ['-Urn', 'nft', 'list', 'tables']);
  return status === 0
    ? undefined
    : 'user namespaces with nf_tables; as root: sysctl kernel.unprivileged_userns_clone=1';
}

/** `describe`, or `describe.skip` with what is missing in the title. With CI=true what is missing makes tests fail. */
export function describeWithNamespaces(title: string, tests: () => void): void {
  const missing = missingForNamespaces();
  if (missing === undefined || process.env['CI'] === 'true') describe(title, tests);
  else describe.skip(`${title} (skipped: needs ${missing})`, tests);
}

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
    const holder = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
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
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
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

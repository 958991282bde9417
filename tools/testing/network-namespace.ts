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

/**
 * Who has a namespace. `user`: whoever runs the tests, in a user namespace where he is root. `root`: root itself, without
 * a user namespace. `nobody`: as `user`, and a plain user also where root runs the tests.
 */
export type NamespaceOwner = 'user' | 'root' | 'nobody';

const isRoot = process.getuid?.() === 0;

/** What a namespace of this owner needs. */
export function namespacesOf(owner: NamespaceOwner): readonly Need[] {
  if (owner === 'user') return namespaces;
  if (owner === 'nobody') return isRoot ? [...namespaces, program('setpriv', 'util-linux')] : namespaces;
  const isThere = spawnSync('unshare', ['-n', 'true'], { env: process.env }).status === 0;
  return [...namespaces, { text: 'root with CAP_SYS_ADMIN: run the tests as root', isThere, isOptional: true }];
}

/** Command line that runs a program as the owner, outside of any namespace. */
const asOwner = (owner: NamespaceOwner): readonly string[] =>
  owner === 'nobody' && isRoot ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];

// Ends with its standard input, so with us, however we end.
const holder = ['sh', '-c', 'ip link set lo up; echo ready; exec cat'];

/** A network namespace with nothing in it, made and entered without being root. */
export class NetworkNamespace {
  readonly owner: NamespaceOwner;
  readonly #holder: ChildProcess;

  private constructor(owner: NamespaceOwner, holder: ChildProcess) {
    this.owner = owner;
    this.#holder = holder;
  }

  /**
   * @param beside one whose owner shall own the new one too, so that the two can be joined
   * @param owner of a namespace beside none. Default `user`
   */
  static async open(beside?: NetworkNamespace, owner: NamespaceOwner = 'user'): Promise<NetworkNamespace> {
    const flags = owner === 'root' ? '-n' : '-Urn';
    const [program = '', ...args] = beside?.command('unshare', '-n', ...holder) ?? [
      ...asOwner(owner),
      'unshare',
      flags,
      ...holder,
    ];
    const child = spawn(program, args, { env: process.env, stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return new NetworkNamespace(beside?.owner ?? owner, child);
  }

  get pid(): number {
    return this.#holder.pid as number;
  }

  /** Command line that runs a program in the namespace. */
  command(...argv: string[]): string[] {
    const enter = ['nsenter', '-t', String(this.pid), '-n'];
    const keep = this.owner === 'root' ? [] : ['-U', '--preserve-credentials'];
    return [...asOwner(this.owner), ...enter, ...keep, ...argv];
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

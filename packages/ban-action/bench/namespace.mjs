import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/**
 * A network namespace to ban in, made and entered without being root where this process is not.
 *
 * @returns {Promise<{ command: (...argv: string[]) => string[], close: () => Promise<void> }>}
 */
export async function openNamespace() {
  const isRoot = process.getuid?.() === 0;
  const holder = spawn('unshare', [isRoot ? '-n' : '-Urn', 'sh', '-c', 'echo ready; exec sleep infinity'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const enter = isRoot ? ['-n'] : ['-U', '-n', '--preserve-credentials'];
  return {
    command: (...argv) => ['nsenter', '-t', String(holder.pid), ...enter, ...argv],
    async close() {
      const exited = once(holder, 'exit');
      holder.kill('SIGKILL');
      await exited;
    },
  };
}

/** @returns {Promise<true | string>} */
export async function nftAvailable() {
  const isRoot = process.getuid?.() === 0;
  const { status } = spawnSync('unshare', [isRoot ? '-n' : '-Urn', 'nft', 'list', 'tables']);
  return status === 0 || 'needs nft and network namespaces; install nftables and util-linux';
}

import { spawnSync } from 'node:child_process';

const unshare = ['unshare', '--user', '--map-root-user', '--net'];
const inside = 'SLUICE_EXAMPLE_NAMESPACE';
// nft lies in sbin, which the PATH of a plain user lacks.
const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };

/** Whether this process has a network namespace of its own, made by {@link enterNamespace}. */
export const inNamespace = (): boolean => process.env[inside] === 'yes';

/** Why no network namespace with a firewall can be made here; undefined when it can. */
export function namespaceObstacle(): string | undefined {
  const [command = '', ...args] = [...unshare, 'nft', 'list', 'ruleset'];
  const probe = spawnSync(command, args, { encoding: 'utf8', env });
  if (probe.status === 0) return undefined;
  if (probe.error !== undefined) return `${command} cannot be run: ${(probe.error as NodeJS.ErrnoException).code}`;
  return probe.stderr.trim().split('\n').at(-1) || `${command} exits ${probe.status}`;
}

/** Runs this program again in a network namespace of its own, where a ban touches nobody; returns its exit code. */
export function enterNamespace(): number {
  const [command = '', ...args] = [...unshare, process.execPath, ...process.argv.slice(1)];
  return spawnSync(command, args, { stdio: 'inherit', env: { ...env, [inside]: 'yes' } }).status ?? 1;
}

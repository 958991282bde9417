import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { NftSetup } from './nft-setup.ts';
import { runNft } from './run-nft.ts';
import { wholeFault } from './whole-fault.ts';

/** What nft and the kernel can do, as far as it depends. */
export interface NftProbe {
  readonly updateTimeouts: boolean;
  readonly maxTransactionBytes: number;
}

const wmemDefault = '/proc/sys/net/core/wmem_default';
const usualBytes = 212_992;
/** A probe of more costs more than it tells. */
const maxProbeBytes = 1 << 20;
/** No limit that anybody comes near to: a million elements. */
const forcedBytes = 1 << 26;
const commentBytes = 127;
/** An element with such a comment takes more than this in a message. */
const elementBytes = 150;

/**
 * Tries out what depends on the kernel and on this process's rights; nothing is left behind, however it ends.
 *
 * @throws NodeNetfilterError `…_MISSING`, `…_PERMISSION`, `…_UNAVAILABLE`: why nft cannot be used
 */
export async function probeNft(setup: NftSetup, signal?: AbortSignal): Promise<NftProbe> {
  const looked = await runNft(setup, { args: ['-t', 'list', 'tables'], signal });
  if (!looked.isDone) throw wholeFault(looked.stderr);
  const table = `inet sluice-probe-${randomBytes(6).toString('hex')}`;
  return {
    updateTimeouts: await updatesTimeouts(setup, table, signal),
    maxTransactionBytes: await maxTransactionBytes(setup, table, signal),
  };
}

/** The table has the flag `owner`: the kernel itself removes it when nft ends. Where there is none, the answer is no. */
async function updatesTimeouts(setup: NftSetup, table: string, signal?: AbortSignal): Promise<boolean> {
  const set = `${table} times`;
  const lines = [
    `add table ${table} { flags owner; }`,
    `add set ${set} { type ipv4_addr; flags timeout; }`,
    `add element ${set} { 192.0.2.1 timeout 1h }`,
    `add element ${set} { 192.0.2.1 timeout 2h }`,
    `list set ${set}`,
    'quit',
  ];
  const { stdout, stderr } = await runNft(setup, { args: ['-i'], input: `${lines.join('\n')}\n`, signal });
  if (/Operation not permitted/.test(stderr)) throw wholeFault(stderr);
  return /timeout 2h expires/.test(stdout);
}

/** Whether nft gets a larger send buffer than sockets have (SO_SNDBUFFORCE, socket(7)), which needs rights of its own. */
async function maxTransactionBytes(setup: NftSetup, table: string, signal?: AbortSignal): Promise<number> {
  const text = await readFile(wmemDefault, 'utf8').catch(() => '');
  // The kernel keeps 32 bytes for itself (netlink_sendmsg).
  const plainBytes = (Number.parseInt(text, 10) || usualBytes) - 32;
  if (plainBytes > maxProbeBytes) return plainBytes;
  const words = ` comment "${'-'.repeat(commentBytes)}"`;
  const elements = Array.from(
    { length: Math.ceil(plainBytes / elementBytes) },
    (_, n) => `10.0.${n >> 8}.${n & 255}${words}`,
  );
  const lines = [
    `add table ${table}`,
    `add set ${table} many { type ipv4_addr; }`,
    `add element ${table} many { ${elements.join(', ')} }`,
  ];
  const { isDone } = await runNft(setup, { args: ['-c', '-f', '-'], input: `${lines.join('\n')}\n`, signal });
  return isDone ? forcedBytes : plainBytes;
}

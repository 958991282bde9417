import { type BigIntStats, fstatSync, statSync } from 'node:fs';

/** What the system says of a file. */
export interface FileFacts {
  /** Device and inode: which file it is, whatever its name, as long as it exists. */
  readonly key: string;
  /** Decimal, because both can exceed 2^53. */
  readonly device: string;
  readonly inode: string;
  readonly size: number;
  /** When it was made, ms since the epoch; where the file system does not say, when it was last written to. */
  readonly bornMs: number;
  readonly kind: 'file' | 'folder' | 'FIFO' | 'socket' | 'device';
}

function kindOf(stats: BigIntStats): FileFacts['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  if (stats.isFIFO()) return 'FIFO';
  return stats.isSocket() ? 'socket' : 'device';
}

const inMs = (ns: bigint): number => Number(ns / 1000n) / 1000;

function factsFrom(stats: BigIntStats): FileFacts {
  const device = String(stats.dev);
  const inode = String(stats.ino);
  const bornNs = stats.birthtimeNs > 0n ? stats.birthtimeNs : stats.mtimeNs;
  const key = `${device}:${inode}`;
  return { key, device, inode, size: Number(stats.size), bornMs: inMs(bornNs), kind: kindOf(stats) };
}

/** Facts of an open file. */
export const factsOfOpen = (fd: number): FileFacts => factsFrom(fstatSync(fd, { bigint: true }));

/** Facts of what a path leads to, links followed; undefined when there is nothing. Throws what `stat` throws. */
export function factsOfPath(file: string): FileFacts | undefined {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : factsFrom(stats);
}

import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** What a file is, looked at before LMDB maps it: a file that is none makes LMDB crash the process. */
export type FileState =
  | { readonly kind: 'new' | 'sound' }
  /** Was shorter than it should be: what was cut off may be in use. */
  | { readonly kind: 'short' }
  /** Made by another version of LMDB's format. */
  | { readonly kind: 'foreign'; readonly version: number }
  | { readonly kind: 'damaged'; readonly reason: string };

interface Meta {
  readonly version: number;
  readonly pageSize: number;
  readonly lastPage: number;
  readonly transaction: bigint;
}

/** LMDB's format: two pages of metadata at the beginning, of which the one with the later transaction holds. */
const magic = 0xbeefc0de;
const formatVersion = 2;
const metaBytes = 160;
const place = { magic: 24, version: 28, pageSize: 48, lastPage: 144, transaction: 152 };

/**
 * Looks at an LMDB file. One that is shorter than its last page is made as long, with zeros: reading it then fails for the
 * records that are lost, instead of ending the process by SIGBUS.
 */
export function checkFile(file: string): FileState {
  let fd: number;
  try {
    fd = openSync(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'new' };
    throw error;
  }
  try {
    return checkOpen(fd);
  } finally {
    closeSync(fd);
  }
}

function checkOpen(fd: number): FileState {
  const { size } = fstatSync(fd);
  if (size === 0) return { kind: 'new' };
  const first = metaAt(fd, 0);
  if (first === undefined) return { kind: 'damaged', reason: 'it is no LMDB file' };
  if (first.version !== formatVersion) return { kind: 'foreign', version: first.version };
  const second = metaAt(fd, first.pageSize);
  if (second === undefined) return { kind: 'damaged', reason: 'its second page is not one of LMDB' };
  const { pageSize, lastPage } = second.transaction > first.transaction ? second : first;
  const wanted = (lastPage + 1) * pageSize;
  if (size >= wanted) return { kind: 'sound' };
  ftruncateSync(fd, wanted);
  return { kind: 'short' };
}

function metaAt(fd: number, offset: number): Meta | undefined {
  const page = Buffer.alloc(metaBytes);
  if (readSync(fd, page, 0, metaBytes, offset) < metaBytes || page.readUInt32LE(place.magic) !== magic)
    return undefined;
  const pageSize = page.readUInt32LE(place.pageSize);
  const lastPage = Number(page.readBigUInt64LE(place.lastPage));
  const isSane = pageSize >= 512 && pageSize <= 65_536 && lastPage < 2 ** 36;
  const version = page.readUInt32LE(place.version) & 0xffff;
  const transaction = page.readBigUInt64LE(place.transaction);
  return isSane ? { version, pageSize, lastPage, transaction } : undefined;
}

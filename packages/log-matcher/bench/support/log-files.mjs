import { closeSync, existsSync, openSync, readSync, renameSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateLog } from '../../../../tools/generate-log.mjs';

const newline = 10;

/** A file of the cache, written once: under another name until it is whole. */
export async function cachedFile(cache, name, write) {
  const file = path.join(cache, name);
  if (!existsSync(file)) {
    const unfinished = `${file}.${process.pid}`;
    await write(unfinished);
    renameSync(unfinished, file);
  }
  return file;
}

/** Better to say so than to fill the disk. */
function needRoom(folder, bytes) {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free > bytes) return;
  throw new Error(`${folder} needs ${Math.ceil(bytes / 1e6)} MB for a log, and has ${Math.floor(free / 1e6)} MB free`);
}

/**
 * A generated log.
 *
 * @param {string} cache
 * @param {{ kind: 'apache' | 'sshd', megabytes: number, hitRate: number, seed: number }} options
 */
export const logFile = (cache, { kind, megabytes, hitRate, seed }) =>
  cachedFile(cache, `${kind}-${megabytes}mb-${hitRate}-seed${seed}.log`, (file) => {
    const bytes = megabytes * 1e6;
    // The parts of it that slow peers search need room too.
    needRoom(cache, 2 * bytes);
    return generateLog({ kind, path: file, bytes, hitRate, seed });
  });

/**
 * The file with the whole lines that lie in the first megabytes of another; that other file if it is no longer.
 *
 * @param {string} file
 * @param {number} megabytes
 */
export async function firstPart(file, megabytes) {
  const bytes = Math.round(megabytes * 1e6);
  if (statSync(file).size <= bytes) return file;
  return cachedFile(path.dirname(file), `${path.basename(file, '.log')}-first-${megabytes}mb.log`, (part) => {
    const buffer = Buffer.allocUnsafe(bytes);
    const descriptor = openSync(file, 'r');
    for (let at = 0; at < bytes; ) at += readSync(descriptor, buffer, at, bytes - at, at);
    closeSync(descriptor);
    writeFileSync(part, buffer.subarray(0, buffer.lastIndexOf(newline) + 1));
  });
}

import { closeSync, openSync, readSync } from 'node:fs';
import { lastBreak } from '@sluice/log-matcher';

const chunkBytes = 262_144;
const maxLineBytes = 65_536;
const addressNames = ['ip4', 'ip6', 'dns'];

/**
 * Reads a file in chunks of whole lines, into the memory of the set: it is scanned where it was read.
 *
 * @param {import('@sluice/log-matcher').PatternSet} set
 * @param {string} file
 * @param {(bytes: Uint8Array, offset: number) => void} visit
 */
function eachChunk(set, file, visit) {
  const own = new Uint8Array(chunkBytes + maxLineBytes);
  const descriptor = openSync(file, 'r');
  let rest = new Uint8Array(0);
  let offset = 0;
  for (;;) {
    // What was read before lies elsewhere once a scan has moved the memory.
    const memory = set.memory?.(chunkBytes + maxLineBytes) ?? own;
    memory.set(rest);
    const read = readSync(descriptor, memory, rest.length, chunkBytes, null);
    const bytes = memory.subarray(0, rest.length + read);
    const end = read === 0 ? bytes.length : lastBreak(bytes) + 1;
    rest = bytes.slice(end);
    if (rest.length > maxLineBytes) throw new Error(`${file} has a line of more than ${maxLineBytes} bytes`);
    visit(bytes.subarray(0, end), offset);
    if (read === 0) break;
    offset += end;
  }
  closeSync(descriptor);
}

/**
 * What reads the host of a match: the first group that took part of those that hold one.
 *
 * @param {import('@sluice/log-matcher').PatternSet} set
 * @returns {(match: import('@sluice/log-matcher').LineMatch) => string | undefined}
 */
export function hostReader(set) {
  const isPlain = ({ groupNames }) => addressNames.every((name) => groupNames.get(name)?.length === 1);
  if (set.patterns.every(isPlain)) return (match) => match.text('ip4') ?? match.text('ip6') ?? match.text('dns');
  const groups = set.patterns.map(({ groupNames }) =>
    [...addressNames, 'fid'].flatMap((name) => groupNames.get(name) ?? []).sort((a, b) => a - b),
  );
  return (match) => {
    for (const group of groups[match.pattern] ?? []) {
      const text = match.text(group);
      if (text !== undefined) return text;
    }
    return undefined;
  };
}

/**
 * Scans a file for the id, the line's offset and the host of each line that matches.
 *
 * @param {import('@sluice/log-matcher').PatternSet} set
 * @param {string} file
 * @param {import('@sluice/log-matcher').ScanOptions} [options]
 * @returns {{ lines: number, hostBytes: number, sum: number }} lines that match, length of all their hosts, and a sum
 *   over ids and offsets
 */
export function scanFile(set, file, options) {
  const hostOf = hostReader(set);
  const found = { lines: 0, hostBytes: 0, sum: 0 };
  eachChunk(set, file, (bytes, offset) => {
    set.scan(
      bytes,
      (match) => {
        found.lines += 1;
        found.hostBytes += hostOf(match)?.length ?? 0;
        found.sum = (found.sum + match.pattern + offset + match.line.offset) % 2 ** 32;
      },
      options,
    );
  });
  return found;
}

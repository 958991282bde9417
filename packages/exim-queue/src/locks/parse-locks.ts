/** Ends of the ranges that Exim locks: the name line of -D, with a short and with a long id. */
const eximRanges: ReadonlySet<string> = new Set(['18', '25']);

/**
 * Owners of Exim's locks, by inode, in the text of `/proc/locks` (proc_locks(5)). A line is
 * `N: POSIX ADVISORY WRITE PID MAJOR:MINOR:INODE START END`; those of waiting processes have a `->` after the number.
 *
 * The device is not compared: on btrfs and overlayfs it is another than `stat` tells. Exim's range of bytes tells its
 * locks from those of others. Never throws.
 */
export function parseLocks(text: string): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  for (const line of text.split('\n')) {
    const [, type, , access, pid, place, start, end] = line.split(/ +/, 8);
    if (type !== 'POSIX' || access !== 'WRITE' || start !== '0' || end === undefined || !eximRanges.has(end)) continue;
    const inode = Number(place?.split(':')[2]);
    const owner = Number(pid);
    if (Number.isInteger(inode) && Number.isInteger(owner) && owner > 0) owners.set(inode, owner);
  }
  return owners;
}

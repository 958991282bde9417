import { readFileSync, statSync } from 'node:fs';

/**
 * What a user can do to see the queue: one group may read the spool and is Exim's administrator, too.
 *
 * @param spoolDirectory its group is the one
 */
export const accessCure = (spoolDirectory: string): string =>
  `use sudo, or join the group ${spoolGroup(spoolDirectory)} and log in anew`;

/** Name of the spool's group, or its number where it has none; without a spool what Debian calls it. */
function spoolGroup(spoolDirectory: string): string {
  try {
    const { gid } = statSync(spoolDirectory);
    return groupName(gid) ?? `${gid}`;
  } catch {
    return 'Debian-exim';
  }
}

function groupName(gid: number): string | undefined {
  try {
    const lines = readFileSync('/etc/group', 'utf8').split('\n');
    return lines.map((line) => line.split(':')).find((fields) => fields[2] === `${gid}`)?.[0];
  } catch {
    return undefined;
  }
}

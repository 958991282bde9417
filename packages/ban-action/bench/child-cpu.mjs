import { readFileSync } from 'node:fs';

/** Clock ticks a second that /proc counts in, on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

/** User and system time of this process and of all its children that have ended, in milliseconds. */
export function cpuWithChildrenMs() {
  const { user, system } = process.cpuUsage();
  // Fields 16 and 17; the program's name, field 2, may hold anything but ends at the last bracket.
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  const childTicks = Number(fields[13]) + Number(fields[14]);
  return (user + system) / 1000 + (childTicks * 1000) / ticksPerSecond;
}

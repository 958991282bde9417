import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Check } from './check.ts';

/** Names of groups by their numbers, as far as the system tells. */
function groupNames(): ReadonlyMap<string, string> {
  try {
    const lines = readFileSync('/etc/group', 'utf8').split('\n');
    return new Map(lines.map((line) => line.split(':')).map(([name = '', , gid = '']) => [gid, name]));
  } catch {
    return new Map();
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user that the system has no name for.
    return String(process.getuid?.() ?? '?');
  }
}

/** Who this is. What may be done is told by the other checks. */
export function userCheck(): Check {
  const names = groupNames();
  const groups = [...new Set([process.getegid?.(), ...(process.getgroups?.() ?? [])])];
  const named = groups.filter((gid) => gid !== undefined).map((gid) => names.get(String(gid)) ?? String(gid));
  return { level: 'ok', what: 'user', text: `${userName()}, groups ${named.join(', ')}` };
}

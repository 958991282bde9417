import type { KeptBan } from '@sluice/ban-policy';
import { formatTime } from '../../log/fail2ban-time.ts';

/** fail2ban's end of a ban that never ends, as a local time: the last second that it can write. */
const never = '9999-12-31 23:59:59';

/** The bans by their end, first to end first; with times as `ID <tab>BEGAN + SECONDS = END`. */
export function banLines(bans: Iterable<KeptBan>, withTime: boolean): string[] {
  const byEnd = [...bans].sort((a, b) => (a.endMs === b.endMs ? 0 : a.endMs - b.endMs));
  if (!withTime) return byEnd.map(({ id }) => id);
  return byEnd.map(({ id, bannedAtMs, endMs }) => {
    const [length, end] =
      endMs === Infinity ? [-1, never] : [Math.trunc((endMs - bannedAtMs) / 1000), formatTime(endMs)];
    return `${id} \t${formatTime(bannedAtMs)} + ${length} = ${end}`;
  });
}

import type { ImportCounts } from '@sluice/ban-policy/lmdb';
import { printable } from '@sluice/command-line';
import type { FoundBan } from './fail2ban-database.ts';

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What came over of a jail, for people. */
export function jailLine(jail: string, { standing, last, past, known }: ImportCounts): string {
  const parts = [
    plural(standing, 'ban stands', 'bans stand'),
    plural(last, 'address or id known', 'addresses and ids known'),
    plural(past, 'past ban', 'past bans'),
  ];
  const rest = known === 0 ? '' : ` (${plural(known, 'record was', 'records were')} known already)`;
  return `${printable(jail)}: ${parts.join(', ')}${rest}`;
}

/** A ban that stands, for people. */
export function banLine({ jail, ban }: FoundBan): string {
  const end = ban.endMs === Number.POSITIVE_INFINITY ? 'for ever' : `until ${isoTime(ban.endMs)}`;
  return `[${printable(jail)}] ${printable(ban.id)} banned ${isoTime(ban.bannedAtMs)} ${end}, ban ${ban.count}`;
}

/** A ban that stands, for programs. */
export function banJson({ jail, ban }: FoundBan): string {
  const { id, bannedAtMs, endMs, count, failures } = ban;
  return JSON.stringify({
    type: 'ban',
    jail,
    id,
    bannedAtMs,
    endMs: endMs === Number.POSITIVE_INFINITY ? null : endMs,
    count,
    failures,
  });
}

export const jailJson = (jail: string, counts: ImportCounts): string =>
  JSON.stringify({ type: 'jail', jail, ...counts });

/** Seconds are all that fail2ban knows. */
const isoTime = (ms: number): string =>
  ms <= 8.64e15 ? new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z') : 'for ever';

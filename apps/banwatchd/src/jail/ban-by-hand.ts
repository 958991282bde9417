import type { KeptBan } from '@sluice/ban-policy';
import { type Ban, parseAddress } from '@sluice/pipeline';

const nothing = { failures: 0, count: 0, matches: [], groups: {} };

/** The ban that an action is told of when somebody calls it by hand: the standing one, else a new one. */
export function banByHand(id: string, jail: string, bans: Iterable<KeptBan>, banTimeMs: number): Ban {
  const address = parseAddress(id);
  const name = address?.text ?? id;
  const about = { kind: 'ban', jail, restored: false } as const;
  for (const { bannedAtMs, ...ban } of bans) if (ban.id === name) return { ...about, ...ban, timeMs: bannedAtMs };
  const timeMs = Date.now();
  const who = { id: name, ...(address && { address }) };
  return { ...about, ...nothing, ...who, timeMs, banTimeMs, endMs: timeMs + banTimeMs };
}

import { type AlreadyBanned, type Ban, type Prolonged, parseAddress, type Unban } from '@sluice/pipeline';

const subject = (id: string) => {
  const address = parseAddress(id);
  return { jail: 'sshd', id, ...(address && { address }) };
};

/** A ban of `id` from now on. */
export function ban(id: string, banTimeMs = 600_000, more: Partial<Ban> = {}): Ban {
  const timeMs = Date.now();
  const details = { failures: 3, count: 1, restored: false, matches: [], groups: {} };
  return { kind: 'ban', ...subject(id), timeMs, banTimeMs, endMs: timeMs + banTimeMs, ...details, ...more };
}

export function unban(id: string, more: Partial<Unban> = {}): Unban {
  return { kind: 'unban', ...subject(id), timeMs: Date.now(), reason: 'expired', ...more };
}

/** `id` failed again while banned, and its ban now ends `endsInMs` from now. */
export function alreadyBanned(id: string, endsInMs: number, more: Partial<AlreadyBanned> = {}): AlreadyBanned {
  const timeMs = Date.now();
  const times = { timeMs, bannedAtMs: timeMs, endMs: timeMs + endsInMs };
  return { kind: 'already-banned', ...subject(id), ...times, extended: true, ...more };
}

/** The ban of `id` is to last `banTimeMs` from now. */
export function prolonged(id: string, banTimeMs: number, more: Partial<Prolonged> = {}): Prolonged {
  const timeMs = Date.now();
  const times = { timeMs, bannedAtMs: timeMs, banTimeMs, endMs: timeMs + banTimeMs };
  return { kind: 'prolonged', ...subject(id), ...times, count: 2, ...more };
}

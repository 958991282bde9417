import type { Family } from '@sluice/fail2ban-config';
import { type AlreadyBanned, type Ban, type Prolonged, parseNetwork, type Unban } from '@sluice/pipeline';

/** What a command may be told of a ban. */
export interface Ticket extends Pick<Ban, 'id' | 'address' | 'timeMs' | 'banTimeMs' | 'failures' | 'count'> {
  readonly restored: boolean;
  readonly matches: readonly string[];
  readonly groups: Readonly<Record<string, string>>;
}

const nothingElse = { failures: 0, count: 0, restored: false, matches: [], groups: {} };

/** For a command that is about no ban: no address, no failures. */
export const emptyTicket = (timeMs: number, banTimeMs: number): Ticket => ({
  id: '',
  timeMs,
  banTimeMs,
  ...nothingElse,
});

/** For an unban of what is not remembered. */
export const ticketOfUnban = ({ id, address, timeMs }: Unban): Ticket => ({
  id,
  ...(address && { address }),
  timeMs,
  banTimeMs: 0,
  ...nothingElse,
});

/** The remembered ticket, or what the event tells of it, with the end that the ban has now. */
export const ticketOfProlonged = (event: AlreadyBanned | Prolonged, remembered: Ticket | undefined): Ticket => ({
  ...nothingElse,
  ...remembered,
  id: event.id,
  ...(event.address && { address: event.address }),
  timeMs: event.bannedAtMs,
  banTimeMs: event.endMs - event.bannedAtMs,
  ...(event.kind === 'prolonged' && { count: event.count }),
});

/** The family of the address or network; undefined for an id that is neither. */
export function familyOf({ id, address }: Pick<Ticket, 'id' | 'address'>): Family | undefined {
  const family = address?.family ?? parseNetwork(id)?.address.family;
  return family && `inet${family}`;
}

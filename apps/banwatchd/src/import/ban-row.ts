import type { KeptBan } from '@sluice/ban-policy';
import { parseAddress } from '@sluice/pipeline';
import { isNoAddress } from '../is-no-address.ts';
import { readBanData } from './ban-data.ts';
import type { Row } from './sqlite-file.ts';

/** fail2ban's own default, for versions of its schema that did not say how long a ban was. */
const usualBanTimeMs = 600_000;
/** Latest time that a Date can hold. */
const latestMs = 8.64e15;

/** A row that is a ban. */
export interface ReadBan {
  readonly jail: string;
  readonly ban: KeptBan;
  /** False when its lines and groups could not be read; fail2ban, too, then has the ban without them. */
  readonly isWhole: boolean;
}

/** A row that is none, and why. */
export interface UnusableRow {
  readonly reason: string;
}

/** The ban of a row of `bans` or `bips`. */
export function readBan(row: Row): ReadBan | UnusableRow {
  const { jail, ip, time, bantime, bancount } = row;
  if (typeof jail !== 'string' || jail === '') return { reason: 'a ban has no jail' };
  if (typeof ip !== 'string' || ip === '') return { reason: `a ban of ${jail} has no address or id` };
  if (isNoAddress(ip)) return { reason: `${ip} in ${jail} reads like an address and is none` };
  const bannedAtMs = Number(time) * 1000;
  if (typeof time !== 'number' || !(bannedAtMs > 0 && bannedAtMs < latestMs))
    return { reason: `the ban of ${ip} in ${jail} has no usable time` };
  const banTimeMs = banTimeOf(bantime);
  const { isReadable: isWhole, ...data } = readBanData(row['data']);
  const address = parseAddress(ip);
  return {
    jail,
    ban: {
      id: address?.text ?? ip,
      ...(address && { address }),
      bannedAtMs,
      banTimeMs,
      endMs: bannedAtMs + banTimeMs,
      count: typeof bancount === 'number' && bancount >= 1 ? Math.floor(bancount) : 1,
      ...data,
    },
    isWhole,
  };
}

/** Seconds; below 0 is for ever. */
function banTimeOf(seconds: unknown): number {
  if (typeof seconds !== 'number') return usualBanTimeMs;
  return seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
}

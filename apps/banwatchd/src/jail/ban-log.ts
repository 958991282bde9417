import type { PolicyNotice } from '@sluice/ban-policy';
import type { BanEvent, Prolonged } from '@sluice/pipeline';
import type { Logger } from '../log/fail2ban-log.ts';
import { formatTime } from '../log/fail2ban-time.ts';
import { durationText } from './duration-text.ts';

const freshMs = 3000;
const recentMs = 60_000;

/** The parts of fail2ban that say something of a failure. */
export interface BanLogs {
  readonly filter: Logger;
  readonly actions: Logger;
  readonly observer: Logger;
}

/** Writes what fail2ban logs about a failure before it is decided on. */
export function logNotice({ filter, actions, observer }: BanLogs, notice: PolicyNotice): void {
  const { jail } = notice;
  switch (notice.kind) {
    case 'found': {
      const { failure, badCount } = notice;
      const found = `[${jail}] Found ${failure.id}`;
      const time = formatTime(failure.timeMs);
      filter.info(`${found} - ${time}`);
      if (badCount === undefined) break;
      const { bans, retriesText, reached } = badCount;
      observer.info(`${found}, bad - ${time}, ${bans} # -> ${retriesText}${reached ? ', Ban' : ''}`);
      break;
    }
    case 'ignored': {
      const { failure, by } = notice;
      if (by !== 'cache') filter.info(`[${jail}] Ignore ${failure.id} by ${by === 'self' ? 'ignoreself rule' : by}`);
      break;
    }
    case 'expired':
      actions.info(`[${jail}] Ignore ${notice.ban.id}, expired bantime`);
      break;
    case 'repeated':
      filter.debug(`[${jail}] ${notice.failure.id} was counted already`);
      break;
    case 'prolonged': {
      const { ban, last, banTimeMs } = notice;
      const by = `incr ${lengthText(banTimeMs)} to ${lengthText(ban.banTimeMs)}`;
      observer.info(`[${jail}] IP ${ban.id} is bad: ${last.count} # last ${formatTime(last.timeMs)} - ${by}`);
      break;
    }
    case 'attempt':
      filter.info(`[${jail}] Attempt ${notice.id} - ${formatTime(notice.timeMs)}`);
      break;
  }
}

/**
 * Writes what fail2ban logs about a decision. A banned one that goes on is the more important the longer its ban has
 * stood: such a ban does not hold.
 */
export function logDecision({ actions, observer }: BanLogs, event: BanEvent): void {
  const { jail, id } = event;
  switch (event.kind) {
    case 'ban':
      actions.notice(`[${jail}] ${event.restored ? 'Restore Ban' : 'Ban'} ${id}`);
      break;
    case 'prolonged':
      observer.notice(`[${jail}] Increase Ban ${id} (${event.count} # ${lengthOf(event)})`);
      break;
    case 'unban':
      actions.notice(`[${jail}] Unban ${id}`);
      break;
    case 'already-banned': {
      const standsMs = event.timeMs - event.bannedAtMs;
      const level = standsMs < freshMs ? 'debug' : standsMs < recentMs ? 'notice' : 'warning';
      actions[level](`[${jail}] ${id} already banned`);
      break;
    }
  }
}

const lengthText = (ms: number): string => (Number.isFinite(ms) ? durationText(ms) : '-1');

const lengthOf = ({ banTimeMs, endMs }: Prolonged): string =>
  Number.isFinite(banTimeMs) ? `${durationText(banTimeMs)} -> ${formatTime(endMs)}` : 'permanent -> infinite';

import type { PolicyNotice } from '@sluice/ban-policy';
import type { BanEvent } from '@sluice/pipeline';
import type { Logger } from './fail2ban-log.ts';
import { formatTime } from './fail2ban-time.ts';

const freshMs = 3000;
const recentMs = 60_000;

const ignoreRule = { self: 'ignoreself rule', ip: 'ip' } as const;

/** Writes what fail2ban's filter and actions log about a failure before it is decided on. */
export function logNotice(filter: Logger, actions: Logger, notice: PolicyNotice): void {
  const { jail } = notice;
  switch (notice.kind) {
    case 'found':
      filter.info(`[${jail}] Found ${notice.failure.id} - ${formatTime(notice.failure.timeMs)}`);
      break;
    case 'ignored':
      filter.info(`[${jail}] Ignore ${notice.failure.id} by ${ignoreRule[notice.by]}`);
      break;
    case 'expired':
      actions.info(`[${jail}] Ignore ${notice.ban.id}, expired bantime`);
      break;
    case 'repeated':
      filter.debug(`[${jail}] ${notice.failure.id} was counted already`);
      break;
  }
}

/**
 * Writes what fail2ban's actions log about a decision. A banned one that goes on is the more important the longer its
 * ban has stood: such a ban does not hold.
 */
export function logDecision(actions: Logger, event: BanEvent): void {
  const { jail, id } = event;
  switch (event.kind) {
    case 'ban':
      actions.notice(`[${jail}] ${event.restored ? 'Restore Ban' : 'Ban'} ${id}`);
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

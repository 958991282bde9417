import { failureText, type SurroundingsOptions } from '@sluice/ban-action';
import type { BanPolicyOptions, BanRules } from '@sluice/ban-policy';
import type { JailConfig } from '@sluice/fail2ban-config';
import { type BanLogs, logNotice } from './ban-log.ts';
import { failureOf } from './failure-of.ts';
import { ignoreCommand } from './ignore-command.ts';
import type { JailContext } from './jail-context.ts';

/** Failures that wait are bounded by the un-acked chunks that they were found in; this is far above. */
const maxWaiting = 1_000_000;

/** What a jail's configuration says to its policy, and may say anew while it runs. */
export function banRules(jail: JailConfig, logs: BanLogs, surroundings: SurroundingsOptions): BanRules {
  const { increment, ignoreCommand: command, ignoreCache } = jail;
  return {
    maxRetry: jail.maxRetry,
    findTimeMs: jail.findTimeMs,
    banTimeMs: jail.banTimeMs,
    maxMatches: jail.maxMatches,
    ignore: jail.ignoreIp,
    ignoreSelf: jail.ignoreSelf,
    ...(increment !== undefined && { increment }),
    ...(command !== undefined && { ignoreCommand: ignoreCommand(command, surroundings, logs.filter) }),
    ...(ignoreCache !== undefined && {
      ignoreCache: { ...ignoreCache, key: (who) => failureText(ignoreCache.key, failureOf(who), surroundings) },
    }),
  };
}

/** The options of a jail's policy. */
export function policyOptions(
  jail: JailConfig,
  { rejects, metrics, resolver, store }: JailContext,
  logs: BanLogs,
  surroundings: SurroundingsOptions,
): BanPolicyOptions {
  return {
    ...banRules(jail, logs, surroundings),
    jail: jail.name,
    resolver,
    maxWaiting,
    notices: { next: (notice) => logNotice(logs, notice) },
    rejects,
    metrics,
    ...(store !== undefined && { store }),
  };
}

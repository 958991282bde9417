import { failureText, type SurroundingsOptions } from '@sluice/ban-action';
import type { BanPolicyOptions, BanRules } from '@sluice/ban-policy';
import type { JailConfig } from '@sluice/fail2ban-config';
import { type BanLogs, logNotice } from './ban-log.ts';
import { failureOf } from './failure-of.ts';
import { ignoreCommand } from './ignore-command.ts';
import type { JailContext } from './jail-context.ts';

/** Failures that wait are bounded by the un-acked chunks that they were found in; this is far above. */
const maxWaiting = 1_000_000;

/** What a jail's policy has around it. */
export interface PolicySurroundings {
  readonly logs: BanLogs;
  readonly surroundings: SurroundingsOptions;
  /** Aborts when the jail stops without waiting any longer: what is given up then is not worth a word. */
  readonly stopped: AbortSignal;
}

/** What a jail's configuration says to its policy, and may say anew while it runs. */
export function banRules(jail: JailConfig, { logs, surroundings, stopped }: PolicySurroundings): BanRules {
  const { increment, ignoreCommand: command, ignoreCache } = jail;
  return {
    maxRetry: jail.maxRetry,
    findTimeMs: jail.findTimeMs,
    window: jail.window,
    banTimeMs: jail.banTimeMs,
    maxMatches: jail.maxMatches,
    // How many of them the state keeps is for `dbmaxmatches` to say, which the store goes by.
    maxKeptMatches: jail.maxMatches,
    ignore: jail.ignoreIp,
    ignoreSelf: jail.ignoreSelf,
    ...(increment !== undefined && { increment }),
    ...(command !== undefined && { ignoreCommand: ignoreCommand(command, surroundings, logs.filter, stopped) }),
    ...(ignoreCache !== undefined && {
      ignoreCache: { ...ignoreCache, key: (who) => failureText(ignoreCache.key, failureOf(who), surroundings) },
    }),
  };
}

/** The options of a jail's policy. */
export function policyOptions(
  jail: JailConfig,
  { rejects, metrics, resolver, store }: JailContext,
  around: PolicySurroundings,
): BanPolicyOptions {
  const { logs, stopped } = around;
  return {
    ...banRules(jail, around),
    jail: jail.name,
    resolver,
    maxWaiting,
    notices: { next: (notice) => stopped.aborted || logNotice(logs, notice) },
    rejects,
    metrics,
    ...(store !== undefined && { store }),
  };
}

import { banPolicyMetrics } from '@sluice/ban-policy';
import { metricNames } from '@sluice/log-source';
import type { CounterMetrics } from '@sluice/pipeline';
import { daemonMetrics } from './metrics.ts';

/** What a daemon has done since it was started. */
export interface DaemonStats {
  readonly lines: number;
  readonly bytes: number;
  readonly failures: number;
  readonly bans: number;
  readonly alreadyBanned: number;
  readonly unbans: number;
  /** Items that could not be used: invalid addresses, unreadable files and the like. */
  readonly rejects: number;
  /** Bans and unbans that the system refused. */
  readonly actionFailures: number;
  readonly wallMs: number;
  /** User and system time of this process. */
  readonly cpuMs: number;
}

/** When a daemon began, by the clock and by the CPU time of its process. */
export interface Beginning {
  readonly wallMs: number;
  readonly cpu: NodeJS.CpuUsage;
}

/** Reads the counters of the daemon's parts. A cut line's skipped bytes were read, so they count. */
export function readStats(metrics: CounterMetrics, began: Beginning): DaemonStats {
  const { user, system } = process.cpuUsage(began.cpu);
  return {
    lines: metrics.get(metricNames.lines),
    bytes: metrics.get(metricNames.bytes) + metrics.get(metricNames.skippedBytes),
    failures: metrics.get(banPolicyMetrics.received),
    bans: metrics.get(banPolicyMetrics.banned),
    alreadyBanned: metrics.get(banPolicyMetrics.alreadyBanned),
    unbans: metrics.get(banPolicyMetrics.unbanned),
    rejects: metrics.get(daemonMetrics.rejects),
    actionFailures: metrics.get(daemonMetrics.refused),
    wallMs: Date.now() - began.wallMs,
    cpuMs: (user + system) / 1000,
  };
}

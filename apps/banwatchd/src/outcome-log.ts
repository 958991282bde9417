import type { BanOutcome } from '@sluice/ban-action';
import type { Metrics } from '@sluice/pipeline';
import type { Logger } from './fail2ban-log.ts';
import { daemonMetrics } from './metrics.ts';

/** Counts and logs each action that could not do what was decided; the ban itself stays in the list, as in fail2ban. */
export const outcomeLog =
  (log: Logger, metrics: Metrics) =>
  (outcome: BanOutcome): void => {
    for (const { event, backend, error } of outcome.parts ?? [outcome]) {
      if (error === undefined) continue;
      metrics.add(daemonMetrics.refused, 1);
      log.error(
        `Failed to execute ${event.kind} jail '${event.jail}' action '${backend}' for ${event.id}: ${error.message}`,
      );
    }
  };

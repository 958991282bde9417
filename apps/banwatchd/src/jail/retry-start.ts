import type { BanActionError, BanBackend, BanOutcome } from '@sluice/ban-action';
import { type Ban, type BanEvent, type Clock, systemClock } from '@sluice/pipeline';

export interface RetryStartOptions {
  /** Told each time that it could not start. */
  readonly failed: (error: BanActionError) => void;
  /** Least time between two attempts. Default 3000. */
  readonly retryMs?: number;
  readonly clock?: Clock;
}

/**
 * An action that may fail to start and is tried again with a later decision: what was banned meanwhile is banned then.
 */
export function retryStart(backend: BanBackend, options: RetryStartOptions): BanBackend {
  const { failed, retryMs = 3000, clock = systemClock } = options;
  /** Why it does not run; undefined when it does. */
  let fault: BanActionError | undefined;
  let triedMs = Number.NEGATIVE_INFINITY;
  const missed = new Map<string, Ban>();

  const start = async (signal?: AbortSignal): Promise<void> => {
    triedMs = clock.nowMs();
    try {
      await backend.start(signal);
      fault = undefined;
    } catch (error) {
      fault = error as BanActionError;
      failed(fault);
    }
  };
  const miss = (event: BanEvent, error: BanActionError): BanOutcome => {
    if (event.kind === 'ban') missed.set(event.id, event);
    else if (event.kind === 'unban') missed.delete(event.id);
    const outcome = { event, backend: backend.name, dryRun: false, durationMs: 0 };
    return event.kind === 'ban' ? { ...outcome, ok: false, error } : { ...outcome, ok: true };
  };
  return {
    ...delegated(backend),
    name: backend.name,
    start,
    async apply(events, signal) {
      if (fault !== undefined && clock.nowMs() - triedMs >= retryMs) await start(signal);
      const still = fault;
      if (still !== undefined) return events.map((event) => miss(event, still));
      const late = [...missed.values()];
      missed.clear();
      if (late.length > 0) await backend.apply(late, signal);
      return backend.apply(events, signal);
    },
    async stop() {
      missed.clear();
      if (fault === undefined) await backend.stop();
    },
    rehearse: (write) => retryStart(backend.rehearse(write), options),
  };
}

/** The methods that are as they were: a backend is an object of a class. */
const delegated = (backend: BanBackend): Pick<BanBackend, 'flush' | 'startCommands' | 'commands'> => ({
  flush: (signal) => backend.flush(signal),
  startCommands: () => backend.startCommands(),
  commands: (event) => backend.commands(event),
});

import type { BanActionError, BanBackend, BanOutcome } from '@sluice/ban-action';
import { type BanEvent, Serial } from '@sluice/pipeline';

export interface RetryStartOptions {
  /** Told each time that it could not start. */
  readonly failed: (error: BanActionError) => void;
  /** Told when it has started, at once or at last. */
  readonly started?: (() => void) | undefined;
  /** Told what became of what was missed, once it can be made up for. */
  readonly told?: ((outcome: BanOutcome) => void) | undefined;
  /** Pause after a start that failed; each further one is twice as long, up to {@link maxRetryMs}. Default 3000. */
  readonly retryMs?: number;
  /** Default 60,000. */
  readonly maxRetryMs?: number;
}

/** Of two jails that ban one id, each has its own ban. */
const keyOf = ({ jail, id }: BanEvent): string => `${jail}\0${id}`;

/**
 * An action that may fail to start and is tried again by itself: who is banned meanwhile is banned as soon as it can.
 */
export function retryStart(backend: BanBackend, options: RetryStartOptions): BanBackend {
  const { failed, started, told, retryMs = 3000, maxRetryMs = 60_000 } = options;
  const serial = new Serial();
  /** Bans, each with what let it last longer, by {@link keyOf}. */
  const missed = new Map<string, readonly BanEvent[]>();
  /** Whether what was missed is all that is to stand. */
  let isWhole = false;
  /** Why it does not run; undefined when it does. */
  let fault: BanActionError | undefined;
  let pauseMs = retryMs;
  let timer: NodeJS.Timeout | undefined;

  const start = async (signal?: AbortSignal): Promise<void> => {
    try {
      await backend.start(signal);
      fault = undefined;
      started?.();
    } catch (error) {
      fault = error as BanActionError;
      failed(fault);
      timer = setTimeout(() => void serial.run(again), pauseMs);
      pauseMs = Math.min(pauseMs * 2, maxRetryMs);
    }
  };
  const again = async (): Promise<void> => {
    await start();
    if (fault !== undefined) return;
    const events = [...missed.values()].flat();
    missed.clear();
    const bans = isWhole ? events.filter((event) => event.kind === 'ban') : [];
    const others = isWhole ? events.filter((event) => event.kind !== 'ban') : events;
    if (isWhole) await make(bans, () => backend.reconcile(bans));
    isWhole = false;
    await make(others, () => backend.apply(others));
  };
  const make = async (events: readonly BanEvent[], work: () => Promise<readonly BanOutcome[]>): Promise<void> => {
    const outcomes = await work().catch((error) => events.map((event) => refused(event, error)));
    for (const outcome of outcomes) told?.(outcome);
  };
  const refused = (event: BanEvent, error: BanActionError): BanOutcome => ({
    event,
    backend: backend.name,
    ok: false,
    error,
    dryRun: false,
    durationMs: 0,
  });
  const miss = (event: BanEvent, error: BanActionError): BanOutcome => {
    const key = keyOf(event);
    const [ban] = missed.get(key) ?? [];
    if (event.kind === 'ban') missed.set(key, [event]);
    else if (event.kind === 'unban') missed.delete(key);
    else if (ban !== undefined && (event.kind === 'prolonged' || event.extended)) missed.set(key, [ban, event]);
    if (event.kind === 'ban') return refused(event, error);
    return { event, backend: backend.name, ok: true, dryRun: false, durationMs: 0 };
  };
  return {
    name: backend.name,
    start: (signal) => serial.run(() => start(signal)),
    apply: (events, signal) =>
      serial.run(async () => {
        const still = fault;
        return still === undefined ? backend.apply(events, signal) : events.map((event) => miss(event, still));
      }),
    reconcile: (bans, signal) =>
      serial.run(async () => {
        const still = fault;
        if (still === undefined) return backend.reconcile(bans, signal);
        missed.clear();
        isWhole = true;
        // Why is said once: of each of a hundred thousand it would tell nobody more.
        return bans.map((ban) => {
          const { error: _, ...outcome } = miss(ban, still);
          return outcome;
        });
      }),
    flush: (signal) => backend.flush(signal),
    stop() {
      clearTimeout(timer);
      return serial.run(async () => {
        clearTimeout(timer);
        missed.clear();
        if (fault === undefined) await backend.stop();
      });
    },
    startCommands: () => backend.startCommands(),
    commands: (event) => backend.commands(event),
    rehearse: (write) => retryStart(backend.rehearse(write), options),
  };
}

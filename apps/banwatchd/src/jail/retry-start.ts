import type { BanActionError, BanBackend, BanOutcome } from '@sluice/ban-action';
import { type BanEvent, Serial } from '@sluice/pipeline';

export interface RetryStartOptions {
  /** Told each time that it could not start. */
  readonly failed: (error: BanActionError) => void;
  /** Told what became of what was missed, once it can be made up for. */
  readonly told?: ((outcome: BanOutcome) => void) | undefined;
  /** Pause after a start that failed; each further one is twice as long, up to {@link maxRetryMs}. Default 3000. */
  readonly retryMs?: number;
  /** Default 60,000. */
  readonly maxRetryMs?: number;
}

/**
 * An action that may fail to start and is tried again by itself: who is banned meanwhile is banned as soon as it can.
 */
export function retryStart(backend: BanBackend, options: RetryStartOptions): BanBackend {
  const { failed, told, retryMs = 3000, maxRetryMs = 60_000 } = options;
  const serial = new Serial();
  /** Bans, each with what let it last longer. */
  const missed = new Map<string, readonly BanEvent[]>();
  /** Why it does not run; undefined when it does. */
  let fault: BanActionError | undefined;
  let pauseMs = retryMs;
  let timer: NodeJS.Timeout | undefined;

  const start = async (signal?: AbortSignal): Promise<void> => {
    try {
      await backend.start(signal);
      fault = undefined;
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
    for (const outcome of await backend.apply(events).catch((error) => events.map((event) => refused(event, error))))
      told?.(outcome);
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
    const [ban] = missed.get(event.id) ?? [];
    if (event.kind === 'ban') missed.set(event.id, [event]);
    else if (event.kind === 'unban') missed.delete(event.id);
    else if (ban !== undefined && (event.kind === 'prolonged' || event.extended)) missed.set(event.id, [ban, event]);
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

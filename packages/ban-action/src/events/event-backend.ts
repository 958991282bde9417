import { type BanEvent, Serial } from '@sluice/pipeline';
import type { BanBackend, BanOutcome } from '../ban-backend.ts';
import type { EventSender } from './event-sender.ts';

/** Which events a backend is told of. */
export interface EventChoice {
  readonly kinds: ReadonlySet<BanEvent['kind']>;
  /** Whether also of bans that are applied again after a restart. */
  readonly restored: boolean;
}

const isWanted = (event: BanEvent, { kinds, restored }: EventChoice): boolean =>
  kinds.has(event.kind) && (restored || event.kind !== 'ban' || !event.restored);

/** A sender as a backend: it gets the events that it wants, one batch at a time; the others are well without it. */
export function eventBackend(sender: EventSender, choice: EventChoice): BanBackend {
  const serial = new Serial();
  const { name } = sender;

  const apply = (events: readonly BanEvent[], signal?: AbortSignal): Promise<readonly BanOutcome[]> =>
    serial.run(async () => {
      const startedMs = performance.now();
      const wanted = events.filter((event) => isWanted(event, choice));
      const faults = wanted.length === 0 ? undefined : await sender.send(wanted, signal);
      const durationMs = performance.now() - startedMs;
      return events.map((event) => {
        const error = faults?.get(event);
        return { event, backend: name, ok: !error, dryRun: false, durationMs, ...(error && { error }) };
      });
    });

  return {
    name,
    start: (signal) => serial.run(() => sender.start(signal)),
    apply,
    reconcile: apply,
    // Each unban that follows is told by itself.
    flush: async () => {},
    stop: () => serial.run(() => sender.stop()),
    startCommands: () => [],
    commands: (event) => (isWanted(event, choice) ? sender.commands([event]) : []),
    rehearse: (write) => eventBackend(sender.rehearse(write), choice),
  };
}

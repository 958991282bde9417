import type { BanBackend, BanOutcome } from './ban-backend.ts';

export interface DryRunOptions {
  /** Gets each command that would be run, as a line that a person can read and paste. */
  readonly write: (command: string) => void;
}

/**
 * A backend that goes through all that the given one does, in its order and with its state, save that each command is
 * written and not run. Its outcomes say `dryRun`. Needs no rights and no programs.
 */
export function dryRun(backend: BanBackend, { write }: DryRunOptions): BanBackend {
  const rehearsal = backend.rehearse(write);
  const asRehearsed = (outcomes: readonly BanOutcome[]): BanOutcome[] =>
    outcomes.map((outcome) => ({ ...outcome, dryRun: true }));
  return {
    name: rehearsal.name,
    start: (signal) => rehearsal.start(signal),
    apply: async (events, signal) => asRehearsed(await rehearsal.apply(events, signal)),
    reconcile: async (bans, signal) => asRehearsed(await rehearsal.reconcile(bans, signal)),
    flush: (signal) => rehearsal.flush(signal),
    stop: () => rehearsal.stop(),
    startCommands: () => rehearsal.startCommands(),
    commands: (event) => rehearsal.commands(event),
    rehearse: (writeInstead) => dryRun(backend, { write: writeInstead }),
  };
}

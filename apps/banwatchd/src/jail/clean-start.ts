import type { BanBackend, Fail2banAction } from '@sluice/ban-action';

/**
 * An action that first takes away what a run that was killed has left: else every ban of it would stand twice, and be
 * ended once.
 *
 * @param leftover the same action, told to stop; that it fails where nothing is left is no fault
 */
export function cleanStart(backend: BanBackend, leftover: Fail2banAction): BanBackend {
  let isClean = false;
  return {
    name: backend.name,
    async start(signal) {
      if (!isClean) await leftover.perform('actionstop', undefined, signal).catch(() => {});
      isClean = true;
      await backend.start(signal);
    },
    apply: (events, signal) => backend.apply(events, signal),
    reconcile: (bans, signal) => backend.reconcile(bans, signal),
    flush: (signal) => backend.flush(signal),
    stop: () => backend.stop(),
    startCommands: () => backend.startCommands(),
    commands: (event) => backend.commands(event),
    rehearse: (write) => backend.rehearse(write),
  };
}

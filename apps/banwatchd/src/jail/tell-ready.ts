import type { BanBackend } from '@sluice/ban-action';

/**
 * The same backend, which tells once it has started and, where there are bans to begin with, once those are in effect or
 * refused. It never tells when it cannot start.
 */
export function tellReady(backend: BanBackend, reconciles: boolean, ready: () => void): BanBackend {
  return {
    name: backend.name,
    async start(signal) {
      await backend.start(signal);
      if (!reconciles) ready();
    },
    async reconcile(bans, signal) {
      try {
        return await backend.reconcile(bans, signal);
      } finally {
        ready();
      }
    },
    apply: (events, signal) => backend.apply(events, signal),
    flush: (signal) => backend.flush(signal),
    stop: () => backend.stop(),
    startCommands: () => backend.startCommands(),
    commands: (event) => backend.commands(event),
    rehearse: (write) => tellReady(backend.rehearse(write), reconciles, ready),
  };
}

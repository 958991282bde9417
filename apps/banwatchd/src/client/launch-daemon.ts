import { spawn } from 'node:child_process';

/** How a daemon that was started in the background came up. */
export type LaunchOutcome =
  | { readonly isReady: true; readonly pid: number; readonly notes: readonly string[] }
  | { readonly isReady: false; readonly reason: string };

/** What the daemon tells who started it; the notes are what its log says of broken jails. */
export type DaemonMessage = { readonly ready: true; readonly notes: readonly string[] } | { readonly failed: string };

/**
 * Starts a program in a session of its own and waits until it says that it is ready. It says so over the channel that
 * Node.js gives a child, so that nothing is guessed from files or time.
 *
 * @param argv the command line after `node`
 */
export function launchDaemon(argv: readonly string[], timeoutMs: number): Promise<LaunchOutcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const settle = (outcome: LaunchOutcome): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      if (child.connected) child.disconnect();
      child.unref();
      resolve(outcome);
    };
    const timer = setTimeout(
      () => settle({ isReady: false, reason: `it was not ready within ${timeoutMs / 1000} s; it goes on` }),
      timeoutMs,
    );
    child.on('message', (message) => {
      const said = message as DaemonMessage;
      settle(
        'ready' in said
          ? { isReady: true, pid: child.pid ?? 0, notes: said.notes }
          : { isReady: false, reason: said.failed },
      );
    });
    child.on('error', (error) => settle({ isReady: false, reason: error.message }));
    child.on('exit', (status, signal) =>
      settle({ isReady: false, reason: `it ended with ${signal ?? `status ${status}`} before it was ready` }),
    );
  });
}

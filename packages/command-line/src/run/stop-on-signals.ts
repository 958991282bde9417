import { exitStatus } from './exit-status.ts';

/**
 * A controller that SIGINT and SIGTERM abort, so that a program ends cleanly. A second signal ends it at once: whoever asks
 * twice does not want to wait for that.
 *
 * @param status of that end; default 2
 */
export function stopOnSignals(status: number = exitStatus.failed): AbortController {
  const stop = new AbortController();
  const end = (): void => {
    if (stop.signal.aborted) process.exit(status);
    stop.abort();
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  return stop;
}

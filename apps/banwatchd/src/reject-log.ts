import { type Clock, type Metrics, type RejectSink, systemClock } from '@sluice/pipeline';
import type { Logger } from './log/fail2ban-log.ts';
import { daemonMetrics } from './metrics.ts';

export interface RejectLogOptions {
  readonly clock?: Clock;
  /** Most lines written per code and {@link windowMs}; further ones are only counted. Default 10. */
  readonly maxPerWindow?: number;
  /** Default 60,000. */
  readonly windowMs?: number;
}

interface Window {
  beganMs: number;
  written: number;
  held: number;
}

/**
 * Counts rejects and writes them as warnings, at a bounded rate: whoever writes the log that is watched could else fill ours.
 * What was held back is said with the next reject of its code after the window, and by `flush()`.
 */
export function rejectLog(
  log: Logger,
  metrics: Metrics,
  options: RejectLogOptions = {},
): RejectSink & { flush(): void } {
  const { clock = systemClock, maxPerWindow = 10, windowMs = 60_000 } = options;
  const windows = new Map<string, Window>();

  const close = (code: string, window: Window): void => {
    if (window.held > 0) log.warning(`${window.held} more like the last ${code}`);
  };
  const windowOf = (code: string): Window => {
    const now = clock.nowMs();
    const standing = windows.get(code);
    if (standing !== undefined && now - standing.beganMs < windowMs) return standing;
    if (standing !== undefined) close(code, standing);
    const fresh = { beganMs: now, written: 0, held: 0 };
    windows.set(code, fresh);
    return fresh;
  };
  return {
    next({ code, reason, path, offset }) {
      metrics.add(daemonMetrics.rejects, 1);
      const window = windowOf(code);
      if (window.written >= maxPerWindow) {
        window.held += 1;
        return;
      }
      window.written += 1;
      log.warning(`${placeOf(path, offset, reason)}${reason} [${code}]`);
    },
    flush() {
      for (const [code, window] of windows) close(code, window);
      windows.clear();
    },
  };
}

/** Path and offset in front of the reason, unless that begins with the path, as an error's message does. */
function placeOf(path: string | undefined, offset: number | undefined, reason: string): string {
  if (path === undefined || reason.startsWith(path)) return '';
  return `${path}${offset === undefined ? '' : ` at byte ${offset}`}: `;
}

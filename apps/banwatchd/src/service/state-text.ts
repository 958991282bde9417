/** What can be said to the service manager: see sd_notify(3). */
export interface ServiceState {
  readonly READY?: 1;
  readonly RELOADING?: 1;
  readonly STOPPING?: 1;
  readonly WATCHDOG?: 1;
  /** One line for `systemctl status`. */
  readonly STATUS?: string;
  /** CLOCK_MONOTONIC, with RELOADING. */
  readonly MONOTONIC_USEC?: bigint;
}

const maxStatusChars = 300;

/** One assignment a line. A status cannot make another one. */
export function stateText(state: ServiceState): string {
  const line = ([name, value]: [string, unknown]): string =>
    `${name}=${String(value)
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .slice(0, maxStatusChars)}`;
  return Object.entries(state).map(line).join('\n');
}

/** The socket that the service manager listens at, and what it wants to hear there. */
export interface NotifyTarget {
  /** Absolute path, or `@` and the name of an abstract socket. */
  readonly address: string;
  /** A sign of life is wanted at least this often; undefined: never. */
  readonly watchdogMs?: number;
}

type Environment = Record<string, string | undefined>;

/**
 * Reads what the service manager put into the environment (sd_notify(3), sd_watchdog_enabled(3)), and takes it out: what
 * this process starts is not to speak in its name.
 *
 * @returns undefined where nobody listens
 */
export function takeNotifyTarget(env: Environment, pid: number): NotifyTarget | undefined {
  const { NOTIFY_SOCKET: address, WATCHDOG_USEC: microseconds, WATCHDOG_PID: watched } = env;
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete env[name];
  if (address === undefined || !/^[/@]./.test(address)) return undefined;
  const watchdogMs = /^[1-9]\d{0,15}$/.test(microseconds ?? '') ? Number(microseconds) / 1000 : undefined;
  const isOurs = watched === undefined || watched === String(pid);
  return { address, ...(watchdogMs !== undefined && isOurs && { watchdogMs }) };
}

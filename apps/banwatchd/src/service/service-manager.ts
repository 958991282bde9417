import { openNotifier } from './notifier.ts';
import { takeNotifyTarget } from './notify-target.ts';

/** How a daemon is, for whoever supervises it. */
export interface Supervised {
  /** One line about what it does, for `systemctl status`. */
  readonly status: () => string;
  /** Whether it does its work; while it does not, no sign of life is given. */
  readonly isHealthy: () => boolean;
  /** Told once why the service manager cannot be told. */
  readonly failed: (reason: string) => void;
}

/** The service manager that started the daemon, as the daemon speaks to it. None of it rejects or waits long. */
export interface ServiceManager {
  /** The daemon does its work, for the first time or again after a reload. */
  ready(): Promise<void>;
  reloading(): Promise<void>;
  stopping(): Promise<void>;
  close(): Promise<void>;
}

/** Where nobody listens. */
const nobody: ServiceManager = {
  ready: async () => {},
  reloading: async () => {},
  stopping: async () => {},
  close: async () => {},
};

/** How often the status is told without a watchdog. */
const statusMs = 10_000;

/**
 * Speaks to the service manager by its notification protocol (sd_notify(3)): ready, reloading, stopping, a status, and
 * where it watches, a sign of life at half of its time.
 *
 * @param env is read, and rid of what concerns this process alone
 */
export async function openServiceManager(
  { status, isHealthy, failed }: Supervised,
  env: Record<string, string | undefined> = process.env,
): Promise<ServiceManager> {
  const target = takeNotifyTarget(env, process.pid);
  if (target === undefined) return nobody;
  const notifier = await openNotifier(target.address);
  let fault: string | undefined;
  let told = '';
  let isStopping = false;
  const notify: typeof notifier.notify = async (state) => {
    const reason = await notifier.notify(state);
    if (reason !== undefined && fault === undefined) failed(reason);
    fault = reason;
    return reason;
  };
  const { watchdogMs } = target;
  const beat = (): void => {
    const text = isStopping ? told : status();
    const isNews = text !== told;
    told = text;
    const isAlive = watchdogMs !== undefined && isHealthy();
    if (isNews || isAlive) void notify({ ...(isAlive && { WATCHDOG: 1 }), ...(isNews && { STATUS: text }) });
  };
  const timer = setInterval(beat, watchdogMs === undefined ? statusMs : watchdogMs / 2).unref();
  return {
    async ready() {
      told = status();
      await notify({ READY: 1, STATUS: told });
    },
    async reloading() {
      await notify({ RELOADING: 1, MONOTONIC_USEC: process.hrtime.bigint() / 1000n });
    },
    async stopping() {
      isStopping = true;
      told = 'Stopping';
      await notify({ STOPPING: 1, STATUS: told });
    },
    async close() {
      clearInterval(timer);
      await notifier.close();
    },
  };
}

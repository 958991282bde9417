import type { Daemon } from '../daemon.ts';
import type { Supervised } from './service-manager.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The daemon as the service manager sees it. */
export class SupervisedDaemon implements Supervised {
  /** Undefined until it is started. */
  daemon: Daemon | undefined;

  readonly status = (): string => {
    if (this.daemon === undefined) return 'Starting';
    const jails = [...this.daemon.control.jails.values()];
    const banned = jails.reduce((sum, { status }) => sum + status.currentlyBanned, 0);
    const troubles = this.daemon
      .backends()
      .flatMap(({ name, state, reason }) => (reason === undefined ? [] : [`${name} ${state}: ${reason}`]));
    return [`${counted(jails.length, 'jail')}, ${banned} banned`, ...troubles].join('; ');
  };

  readonly isHealthy = (): boolean =>
    this.daemon?.backends().every(({ isRequired, state }) => !isRequired || state !== 'failing') ?? true;

  readonly failed = (reason: string): void => {
    this.daemon?.control.log.log('fail2ban.server').warning(reason);
  };
}

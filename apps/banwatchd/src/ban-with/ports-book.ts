import type { JailConfig } from '@sluice/fail2ban-config';
import { type JailPort, jailPorts } from './jail-ports.ts';

/** A jail that runs. */
interface Configured {
  readonly config: JailConfig;
}

/** What is known of one jail. */
interface Entry {
  readonly jail: Configured;
  readonly ports: readonly JailPort[] | undefined;
}

/**
 * The ports of the jails that run. A jail keeps those that it was started with: its bans have to be taken out of the
 * ports that they were put into.
 */
export class PortsBook {
  readonly #entries = new Map<string, Entry>();
  readonly #jailOf: (jail: string) => Configured | undefined;
  readonly #failed: (error: Error) => void;

  /**
   * @param jailOf the jail of a name, while it runs
   * @param failed told what is wrong with the ports of a jail, whose bans then concern all traffic
   */
  constructor(jailOf: (jail: string) => Configured | undefined, failed: (error: Error) => void) {
    this.#jailOf = jailOf;
    this.#failed = failed;
  }

  /** A jail that has stopped keeps its ports: its bans are yet to be taken out. */
  portsOf(name: string): readonly JailPort[] | undefined {
    const jail = this.#jailOf(name);
    const known = this.#entries.get(name);
    if (jail === undefined || jail === known?.jail) return known?.ports;
    const ports = this.#read(jail.config);
    this.#entries.set(name, { jail, ports });
    return ports;
  }

  #read(config: JailConfig): readonly JailPort[] | undefined {
    try {
      return jailPorts(config);
    } catch (error) {
      this.#failed(error as Error);
      return undefined;
    }
  }
}

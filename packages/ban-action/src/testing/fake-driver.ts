import { BanActionError } from '../ban-action-error.ts';
import type { BlockedNetwork, NetworkChange, NetworkDriver } from '../networks/network-driver.ts';

export interface FakeDriverOptions {
  readonly maxTimeoutMs?: number;
  /** What it blocks before it is started. */
  readonly standing?: readonly BlockedNetwork[];
  readonly write?: (command: string) => void;
}

const shown = ({ kind, address, prefix, port, jail, timeoutMs, isKnown }: NetworkChange): string => {
  const network = `${address}/${prefix}${port ? ` ${port.protocol} ${port.port}` : ''}`;
  return kind === 'unban' ? `unban ${network}` : `${isKnown ? 'again' : 'ban'} ${network} ${timeoutMs} ${jail}`;
};

const keyOf = ({ address, prefix, port }: BlockedNetwork): string =>
  `${address}/${prefix} ${port?.protocol} ${port?.port}`;

/** A driver that blocks nothing, writes down what it is told, and can be broken. */
export class FakeDriver implements NetworkDriver {
  readonly name = 'fake';
  readonly maxTimeoutMs: number;
  readonly calls: string[] = [];
  readonly blocked = new Map<string, BlockedNetwork>();
  /** Addresses that it refuses. */
  readonly bad = new Set<string>();
  /** Thrown by the next call of commit or reconcile. */
  nextFault: BanActionError | undefined;
  readonly #write: ((command: string) => void) | undefined;

  constructor({ maxTimeoutMs = Number.POSITIVE_INFINITY, standing = [], write }: FakeDriverOptions = {}) {
    this.maxTimeoutMs = maxTimeoutMs;
    this.#write = write;
    for (const network of standing) this.blocked.set(keyOf(network), network);
  }

  async start(): Promise<void> {
    this.calls.push('start');
  }

  async commit(changes: readonly NetworkChange[]): Promise<ReadonlyMap<NetworkChange, BanActionError>> {
    this.calls.push(changes.map(shown).join(', '));
    return this.#take(changes);
  }

  async reconcile(bans: readonly NetworkChange[]): Promise<ReadonlyMap<NetworkChange, BanActionError>> {
    this.calls.push(`reconcile: ${bans.map(shown).join(', ')}`);
    if (this.nextFault === undefined) this.blocked.clear();
    return this.#take(bans);
  }

  async list(): Promise<readonly BlockedNetwork[]> {
    return [...this.blocked.values()];
  }

  async stop(): Promise<void> {
    this.calls.push('stop');
  }

  startCommands(): readonly string[] {
    return ['make ready'];
  }

  commands(changes: readonly NetworkChange[]): readonly string[] {
    return changes.map(shown);
  }

  rehearse(write: (command: string) => void): NetworkDriver {
    return new FakeDriver({ maxTimeoutMs: this.maxTimeoutMs, write });
  }

  #take(changes: readonly NetworkChange[]): Map<NetworkChange, BanActionError> {
    const fault = this.nextFault;
    this.nextFault = undefined;
    if (fault !== undefined) throw fault;
    const failed = new Map<NetworkChange, BanActionError>();
    for (const change of changes) {
      this.#write?.(shown(change));
      const { kind, address, family, prefix, jail, port } = change;
      const network = { address, family, prefix, jail, ...(port && { port }) };
      if (this.bad.has(address)) failed.set(change, new BanActionError('ERR_BAN_ACTION_REFUSED', `${address} is bad`));
      else if (kind === 'unban') this.blocked.delete(keyOf(network));
      else this.blocked.set(keyOf(network), network);
    }
    return failed;
  }
}

import {
  type Block,
  type BlockedNetwork as Blocked,
  type Blocklist,
  type BlockOp,
  blocklistStatements,
  type Capabilities,
  type Counted,
  openBlocklist,
} from '@sluice/node-netfilter';
import { ReplaySubject } from 'rxjs';
import type { BanActionError } from '../ban-action-error.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import { type DriverCommands, rehearsedDriver } from '../drivers/rehearsed-driver.ts';
import type { BlockedNetwork, NetworkChange, NetworkDriver } from '../networks/network-driver.ts';
import { netfilterFault } from './netfilter-fault.ts';
import { blocklistOptions, type NetfilterOptions } from './netfilter-options.ts';

type Failed = ReadonlyMap<NetworkChange, BanActionError>;

/** A block list of node-netfilter that holds bans. */
export class NetfilterDriver implements NetworkDriver {
  readonly name = 'netfilter';
  readonly maxTimeoutMs: number = Number.POSITIVE_INFINITY;
  readonly #options: NetfilterOptions;
  /** The block list, each time that it is opened; the last one at once. */
  readonly opened: ReplaySubject<Blocklist> = new ReplaySubject(1);
  readonly #commands: DriverCommands;
  #blocklist: Blocklist | undefined;

  /** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
  constructor(options: NetfilterOptions) {
    this.#options = options;
    this.#commands = commandsOf(options);
  }

  async start(signal?: AbortSignal): Promise<void> {
    await this.#open(signal);
  }

  commit(changes: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    return this.#asked(async (blocklist) => {
      const failed = new Map<NetworkChange, BanActionError>();
      const outcomes = await blocklist.apply(changes.map(opOf), signal);
      for (let n = 0; n < outcomes.length; n += 1) {
        const error = outcomes[n]?.error;
        if (error !== undefined) failed.set(changes[n] as NetworkChange, netfilterFault(error));
      }
      return failed;
    }, signal);
  }

  reconcile(bans: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    return this.#asked(async (blocklist) => {
      const { failed } = await blocklist.reconcile(bans.map(blockOf), signal);
      if (failed.length === 0) return new Map();
      const errors = new Map(failed.map(({ op, error }) => [keyOf(op), error]));
      return new Map(
        bans.flatMap((ban): [NetworkChange, BanActionError][] => {
          const error = errors.get(keyOf(blockOf(ban)));
          return error === undefined ? [] : [[ban, netfilterFault(error)]];
        }),
      );
    }, signal);
  }

  list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]> {
    return this.#asked(async (blocklist) => (await blocklist.list(signal)).map(networkOf), signal);
  }

  get capabilities(): Capabilities | undefined {
    return this.#blocklist?.capabilities;
  }

  counters(): Promise<Counted> {
    return this.#asked((blocklist) => blocklist.counters());
  }

  async stop(): Promise<void> {
    const blocklist = this.#blocklist;
    this.#blocklist = undefined;
    try {
      await blocklist?.close();
    } catch (error) {
      throw netfilterFault(error);
    }
  }

  startCommands(): readonly string[] {
    return this.#commands.start();
  }

  commands(changes: readonly NetworkChange[]): readonly string[] {
    return this.#commands.commit(changes);
  }

  rehearse(write: (command: string) => void): NetworkDriver {
    return rehearsedDriver(this, commandsOf(this.#options), write);
  }

  /** Does work on the block list, which is opened where it is not; errors are of this package. */
  async #asked<T>(work: (blocklist: Blocklist) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const blocklist = await this.#open(signal);
    try {
      return await work(blocklist);
    } catch (error) {
      throw netfilterFault(error);
    }
  }

  async #open(signal?: AbortSignal): Promise<Blocklist> {
    if (this.#blocklist !== undefined) return this.#blocklist;
    // An abort ends the opening. What is open is closed by stop(), as its options say.
    const abort = new AbortController();
    const end = (): void => abort.abort();
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    try {
      const blocklist = await openBlocklist({ ...blocklistOptions(this.#options), signal: abort.signal });
      this.#blocklist = blocklist;
      this.opened.next(blocklist);
      return blocklist;
    } catch (error) {
      throw netfilterFault(error);
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
function commandsOf(options: NetfilterOptions): DriverCommands {
  const { command = ['nft'] } = options;
  const lines = (statements: readonly string[]): string[] =>
    statements.map((statement) => [...command, statement].map(shellQuote).join(' '));
  try {
    const statements = blocklistStatements(blocklistOptions(options));
    return {
      start: () => lines(statements.start),
      commit: (changes) => lines(statements.of(changes.map(opOf))),
      reconcile: (bans) => lines(statements.reconcile(bans.map(blockOf))),
      stop: () => lines(statements.stop),
    };
  } catch (error) {
    throw netfilterFault(error);
  }
}

function blockOf({ address, jail, timeoutMs, port }: NetworkChange): Block {
  const block = { network: address, list: jail, timeoutMs };
  return port === undefined ? block : { ...block, ports: [port] };
}

function opOf(change: NetworkChange): BlockOp {
  const { kind, address: network, jail: list, timeoutMs, port } = change;
  if (port !== undefined) return { kind: kind === 'ban' ? 'block' : 'unblock', ...blockOf(change) };
  return kind === 'ban' ? { kind: 'block', network, list, timeoutMs } : { kind: 'unblock', network, list };
}

/** Tells blocks apart that were asked for together. */
const keyOf = ({ network, list, ports }: Block): string =>
  `${network} ${ports?.[0]?.protocol} ${ports?.[0]?.port} ${list}`;

function networkOf({ address, family, prefix, expiresInMs, list, port }: Blocked): BlockedNetwork {
  return {
    address,
    family,
    prefix,
    ...(expiresInMs !== undefined && { expiresInMs }),
    ...(list !== undefined && { jail: list }),
    ...(port !== undefined && { port }),
  };
}

import { pause } from '@sluice/pipeline/node';
import { BanActionError } from '../ban-action-error.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import { networkText, noNetwork, readNetwork } from '../drivers/network-text.ts';
import { rehearsedDriver } from '../drivers/rehearsed-driver.ts';
import { complaint, type Meanings, runTool } from '../drivers/tool.ts';
import type { BlockedNetwork, NetworkChange, NetworkDriver } from '../networks/network-driver.ts';
import { type DenyEntry, denyEntry } from './deny-entry.ts';
import { DenyFile } from './deny-file.ts';
import type { ResolvedNginxOptions } from './options.ts';

type Failed = ReadonlyMap<NetworkChange, BanActionError>;
type Entries = ReadonlyMap<string, DenyEntry>;

/** Networks in a file that nginx includes. */
export class NginxDriver implements NetworkDriver {
  readonly name = 'nginx';
  readonly maxTimeoutMs = 0;
  readonly #options: ResolvedNginxOptions;
  readonly #file: DenyFile;
  /** What is to be denied. */
  #wanted: Entries = new Map();
  /** What the file says. */
  #written: Entries = new Map();
  /** What nginx has read, as far as is known. */
  #told: Entries = new Map();
  /** Whether nginx may not have read what is wanted. */
  #owesReload = true;
  #reloadedMs = Number.NEGATIVE_INFINITY;

  constructor(options: ResolvedNginxOptions) {
    this.#options = options;
    this.#file = new DenyFile(options.file, options.format);
  }

  async start(): Promise<void> {
    const entries = await this.#file.open();
    this.#wanted = new Map(entries.map((entry) => [entry.network, entry]));
    this.#written = this.#wanted;
    this.#told = this.#wanted;
    // The one who wrote the file may have been killed before nginx was told.
    this.#owesReload = true;
  }

  commit(changes: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    return this.#change(changes, new Map(this.#wanted), signal);
  }

  reconcile(bans: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    return this.#change(bans, new Map(), signal);
  }

  async list(): Promise<readonly BlockedNetwork[]> {
    const nowMs = this.#options.nowMs();
    return [...this.#written.values()].flatMap(({ network, jail, endMs }) => {
      const read = readNetwork(network);
      const expiresInMs = Math.max(0, endMs - nowMs);
      const end = endMs === Number.POSITIVE_INFINITY ? {} : { expiresInMs };
      return read === undefined ? [] : [{ ...read, ...end, ...(jail !== '' && { jail }) }];
    });
  }

  async stop(): Promise<void> {
    if (this.#options.onStop === 'flush') await this.#change([], new Map());
  }

  startCommands(): readonly string[] {
    return [`touch ${shellQuote(this.#options.file)}`];
  }

  commands(changes: readonly NetworkChange[]): readonly string[] {
    const lines = changes.flatMap((change) => this.#command(change) ?? []);
    return lines.length === 0 ? [] : [...lines, this.#reloadText];
  }

  rehearse(write: (command: string) => void): NetworkDriver {
    const flush = (): readonly string[] => [`truncate -s 0 ${shellQuote(this.#options.file)}`, this.#reloadText];
    return rehearsedDriver(
      this,
      {
        start: () => this.startCommands(),
        commit: (changes) => this.commands(changes),
        reconcile: (bans) => (bans.length === 0 ? flush() : [...flush().slice(0, 1), ...this.commands(bans)]),
        stop: () => (this.#options.onStop === 'flush' ? flush() : []),
      },
      write,
    );
  }

  get #reloadText(): string {
    return this.#options.reloadCommand.map(shellQuote).join(' ');
  }

  #command(change: NetworkChange): string | undefined {
    const { file, format } = this.#options;
    const network = networkText(change);
    if (network === undefined) return undefined;
    if (change.kind === 'ban') {
      const text = this.#entry(network, change).lines.trimEnd();
      return `printf '%s\\n' ${shellQuote(text)} >> ${shellQuote(file)}`;
    }
    const start = format === 'map' ? `\\(::ffff:\\)\\?${change.address}` : `\\(deny \\)\\?${network}`;
    return `sed -i ${shellQuote(`\\|^${start.replaceAll('.', '\\.')}[ ;]|d`)} ${shellQuote(file)}`;
  }

  #entry(network: string, { jail, timeoutMs }: NetworkChange): DenyEntry {
    return denyEntry({ network, jail, endMs: this.#options.nowMs() + timeoutMs }, this.#options.format);
  }

  /** @param next what is wanted but for the changes; they are made to it */
  async #change(
    changes: readonly NetworkChange[],
    next: Map<string, DenyEntry>,
    signal?: AbortSignal,
  ): Promise<Failed> {
    const failed = new Map<NetworkChange, BanActionError>();
    for (const change of changes) {
      const network = networkText(change);
      if (network === undefined) failed.set(change, noNetwork(this.name, change));
      else if (change.kind === 'unban') next.delete(network);
      else next.set(network, this.#entry(network, change));
    }
    const isNews = this.#owesReload || !sameKeys(next, this.#written);
    if (!isNews && changes.every(({ kind }) => kind === 'unban')) return failed;
    await this.#mayReload(signal);
    // From here on nothing is given up: what is written is told to nginx, and what nginx cannot take is put right.
    this.#wanted = next;
    this.#owesReload ||= isNews;
    await this.#write(next);
    if (isNews) await this.#reload();
    return failed;
  }

  /** Waits until nginx may be told again. @throws BanActionError when aborted meanwhile */
  async #mayReload(signal?: AbortSignal): Promise<void> {
    const waitMs = this.#reloadedMs + this.#options.reloadIntervalMs - performance.now();
    if (waitMs > 0) await pause(waitMs, signal);
    if (signal?.aborted)
      throw new BanActionError('ERR_BAN_ACTION_ABORTED', 'nginx: stopped before the file was written');
  }

  async #write(entries: Entries): Promise<void> {
    await this.#file.write(entries.values());
    this.#written = entries;
  }

  async #reload(): Promise<void> {
    const before = this.#told;
    const fault = await this.#run(this.#options.reloadCommand);
    this.#reloadedMs = performance.now();
    if (fault === undefined) {
      this.#told = this.#written;
      this.#owesReload = false;
      return;
    }
    const { testCommand } = this.#options;
    const isGood = testCommand !== undefined && (await this.#run(testCommand)) === undefined;
    if (!isGood) await this.#write(before);
    throw fault;
  }

  async #run(argv: readonly string[]): Promise<BanActionError | undefined> {
    try {
      const { exitCode, stderr } = await runTool(this.#options, argv);
      return exitCode === 0 ? undefined : complaint(this.name, argv[0] ?? '', stderr, meanings);
    } catch (error) {
      return error as BanActionError;
    }
  }
}

const mayNot = 'let this user signal nginx, or name a `reloadCommand` that may';
const meanings: Meanings = [
  [/Permission denied|Operation not permitted/, 'PERMISSION', mayNot],
  [/^/, 'FAILED'],
];

function sameKeys(one: Entries, other: Entries): boolean {
  if (one.size !== other.size) return false;
  for (const key of one.keys()) if (!other.has(key)) return false;
  return true;
}

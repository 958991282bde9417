import { BanActionError } from '../ban-action-error.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import type { Family, ResolvedFirewallOptions } from './firewall-options.ts';
import { complaint, type Meanings, runTool, type ToolResult } from './tool.ts';

const meanings: Meanings = [
  [/can't open lock file/i, 'PERMISSION', 'set XTABLES_LOCKFILE to a file that this process may write'],
  [/Permission denied|Operation not permitted/, 'PERMISSION', 'run as root or give the process CAP_NET_ADMIN'],
  [/holding the xtables lock/, 'TIMEOUT', 'find out which program holds the lock of iptables'],
  [/Message too long/, 'TOO_LARGE', 'run as root, whose socket buffer may grow'],
  [
    /Table does not exist|can't initialize|not supported/,
    'UNSUPPORTED',
    'use a kernel with this table, or other `families`',
  ],
  [/No chain\/target\/match|does a matching rule exist|does(?:n't| not) exist|Couldn't load target/, 'GONE'],
];

/** Rules of one family, by `iptables` or `ip6tables`. A rule is what follows `-A`: chain, matches, target. */
export class Xtables {
  readonly #options: ResolvedFirewallOptions;
  readonly #program: string;
  readonly #waitSeconds: string;

  constructor(options: ResolvedFirewallOptions, family: Family) {
    this.#options = options;
    this.#program = `${family === 4 ? 'iptables' : 'ip6tables'}${options.variant === 'system' ? '' : `-${options.variant}`}`;
    this.#waitSeconds = String(Math.max(1, Math.floor(options.timeoutMs / 1000)));
  }

  /** Whether there is such a rule. @throws BanActionError when that cannot be told */
  async has(rule: readonly string[], signal?: AbortSignal): Promise<boolean> {
    const result = await this.#run('-C', rule, signal);
    // What does not exist: the rule, its chain, the set that it would name. All other faults have other codes.
    if (result.exitCode !== 0 && this.#fault(result).code !== 'ERR_BAN_ACTION_GONE') throw this.#fault(result);
    return result.exitCode === 0;
  }

  /** Puts a rule first. @throws BanActionError */
  async insert([chain = '', ...rule]: readonly string[], signal?: AbortSignal): Promise<void> {
    this.#check(await this.#run('-I', [chain, '1', ...rule], signal));
  }

  /** Removes a rule, however often it is there. @throws BanActionError */
  async remove(rule: readonly string[]): Promise<void> {
    while (await this.has(rule)) this.#check(await this.#run('-D', rule));
  }

  /**
   * The rules of a chain as `-A …`; undefined when there is no such chain. (`-S` of a chain that is not there calls it
   * incompatible in iptables-nft 1.8.9.)
   *
   * @throws BanActionError
   */
  async rules(chain: string, signal?: AbortSignal): Promise<readonly string[] | undefined> {
    const argv = [`${this.#program}-save`, '-t', this.#options.table];
    const result = await runTool(this.#options, argv, { signal });
    this.#check(result);
    const lines = result.stdout.split('\n');
    if (!lines.some((line) => line.startsWith(`:${chain} `))) return undefined;
    return lines.filter((line) => line.startsWith(`-A ${chain} `));
  }

  /** Does all that the lines of a restore say, or nothing. @returns why it was nothing */
  async restore(lines: readonly string[], signal?: AbortSignal): Promise<BanActionError | undefined> {
    const input = `*${this.#options.table}\n${lines.join('\n')}\nCOMMIT\n`;
    const argv = [`${this.#program}-restore`, '-w', this.#waitSeconds, '--noflush'];
    const result = await runTool(this.#options, argv, { input, signal });
    if (result.exitCode === 0) return undefined;
    const fault = this.#fault(result);
    // The legacy program names the line that failed and not why: something that is there no more.
    if (fault.code !== 'ERR_BAN_ACTION_REFUSED' || !/line \d+ failed$/m.test(result.stderr)) return fault;
    return new BanActionError('ERR_BAN_ACTION_GONE', fault.message, { value: fault.value });
  }

  /** What adds a rule to the front unless it is there, as a command for people. */
  ensureCommand([chain = '', ...rule]: readonly string[]): string {
    return `${this.command('-C', [chain, ...rule])} || ${this.command('-I', [chain, '1', ...rule])}`;
  }

  /** A command for people. */
  command(verb: string, words: readonly string[]): string {
    return [...this.#options.prefix, ...this.#argv(verb, words)].map(shellQuote).join(' ');
  }

  #argv(verb: string, words: readonly string[]): string[] {
    return [this.#program, '-w', this.#waitSeconds, '-t', this.#options.table, verb, ...words];
  }

  #run(verb: string, words: readonly string[], signal?: AbortSignal): Promise<ToolResult> {
    return runTool(this.#options, this.#argv(verb, words), { signal });
  }

  #check(result: ToolResult): void {
    if (result.exitCode !== 0) throw this.#fault(result);
  }

  #fault({ stderr }: ToolResult): BanActionError {
    return complaint(this.#options.name, this.#program, stderr, meanings);
  }
}

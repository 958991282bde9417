import type { BanActionError } from '../ban-action-error.ts';
import { complaint, type Meanings, runTool, type ToolResult } from '../drivers/tool.ts';
import { IpsetSession } from './ipset-session.ts';
import type { ResolvedIpsetOptions } from './options.ts';

/** Up to so many lines a session is cheaper than a program of their own, which takes some 2 ms to start. */
const maxSessionLines = 192;

/** Bad lines in one restore that are looked for where there is no session; more are no bad lines but a bad set. */
const maxRefused = 32;

/** Lines that failed, by their number from 0. */
export type FailedLines = ReadonlyMap<number, BanActionError>;

/** The program `ipset`: one that is started for many lines, and one that runs on for few. */
export class IpsetProgram {
  readonly #options: ResolvedIpsetOptions;
  readonly #canSession: boolean;
  #session: IpsetSession | undefined;
  #sessionsFailed = 0;

  /** @param canSession false: only programs that end, by the `runner` */
  constructor(options: ResolvedIpsetOptions, canSession: boolean) {
    this.#options = options;
    this.#canSession = canSession;
  }

  /**
   * Runs lines; those that fail do not hinder the others.
   *
   * @throws BanActionError why all failed; some may have been run
   */
  async run(lines: readonly string[], signal?: AbortSignal): Promise<FailedLines> {
    if (lines.length === 0) return new Map();
    const isFew = lines.length <= maxSessionLines;
    const few = isFew ? await this.#ask(lines, signal) : undefined;
    return few ?? this.#restoreAll(lines, signal);
  }

  /** Runs lines of which none may fail. @throws BanActionError the first that does */
  async runAll(lines: readonly string[], signal?: AbortSignal): Promise<void> {
    const [error] = (await this.run(lines, signal)).values();
    if (error !== undefined) throw error;
  }

  /** Whether each set holds an element that shall be there. */
  async holds(elements: readonly (readonly [set: string, element: string])[], signal?: AbortSignal): Promise<boolean> {
    const session = this.#open();
    if (session !== undefined) {
      const tests = elements.map(([set, element]) => `test ${set} ${element}`);
      const answers = await session.run(tests, signal).catch((fault) => this.#blame(fault));
      if (answers !== undefined) {
        this.#sessionsFailed = 0;
        return answers.every((answer) => / is in set /.test(answer));
      }
    }
    for (const [set, element] of elements)
      if ((await this.#start(['test', set, element], { signal })).exitCode !== 0) return false;
    return true;
  }

  /** What a listing command prints; undefined when there is no such set. @throws BanActionError */
  async read(args: readonly string[], signal?: AbortSignal): Promise<string | undefined> {
    const result = await this.#start(args, { signal });
    if (result.exitCode === 0) return result.stdout;
    const fault = this.#fault(result.stderr);
    if (fault.code === 'ERR_BAN_ACTION_GONE') return undefined;
    throw fault;
  }

  async close(): Promise<void> {
    await this.#session?.close();
    this.#session = undefined;
  }

  async #ask(lines: readonly string[], signal?: AbortSignal): Promise<FailedLines | undefined> {
    const answers = await this.#open()
      ?.run(lines, signal)
      .catch((fault) => this.#blame(fault));
    if (answers === undefined) return undefined;
    this.#sessionsFailed = 0;
    // What else is said, be it by what runs ipset, is no complaint of ipset.
    const failed = answers.map((answer, n) => [n, answer] as const).filter(([, answer]) => /^ipset v/m.test(answer));
    return new Map(failed.map(([n, answer]) => [n, this.#fault(answer)]));
  }

  /** One program for all lines. It stops at the first bad one, so what is bad is then found out by asking. */
  async #restoreAll(lines: readonly string[], signal?: AbortSignal): Promise<FailedLines> {
    const failed = new Map<number, BanActionError>();
    let left = lines.map((line, n) => [n, line] as const);
    while (left.length > 0) {
      const input = `${left.map(([, line]) => line).join('\n')}\n`;
      const { exitCode, stderr } = await this.#start(['restore', '-!'], { input, signal });
      if (exitCode === 0) break;
      const asked = failed.size === 0 ? await this.#ask(lines, signal) : undefined;
      if (asked !== undefined) return asked;
      const guilty = left[Number(stderr.match(/Error in line (\d+)/)?.[1]) - 1];
      if (guilty === undefined || failed.size === maxRefused) throw this.#fault(stderr);
      failed.set(guilty[0], this.#fault(stderr));
      left = left.filter((line) => line !== guilty);
    }
    return failed;
  }

  #open(): IpsetSession | undefined {
    if (!this.#canSession || this.#sessionsFailed > 2) return undefined;
    if (this.#session?.isOver !== false) this.#session = new IpsetSession(this.#options);
    return this.#session;
  }

  /** A session that fails is begun anew the next time, and given up when it fails again and again. */
  #blame(fault: BanActionError): undefined {
    if (fault.code === 'ERR_BAN_ACTION_ABORTED' || fault.code === 'ERR_BAN_ACTION_MISSING') throw fault;
    this.#sessionsFailed += 1;
    return undefined;
  }

  #start(
    args: readonly string[],
    how: { readonly input?: string; readonly signal?: AbortSignal | undefined },
  ): Promise<ToolResult> {
    return runTool(this.#options, ['ipset', ...args], how);
  }

  /** What ipset says is told, before what is said by a program that runs it. */
  #fault(stderr: string): BanActionError {
    const own = stderr.match(/^ipset v[\d.]+: .*/gm)?.map((line) => line.replace(/^ipset v[\d.]+: /, ''));
    return complaint('ipset', 'ipset', own?.join('\n') ?? stderr, meanings);
  }
}

const meanings: Meanings = [
  [/is full, cannot add/, 'FULL', 'raise maxElements'],
  [/Operation not permitted/, 'PERMISSION', 'run as root or give the process CAP_NET_ADMIN'],
  [/set with the given name does not exist/, 'GONE'],
  [/protocol .*not supported|Cannot open session|Kernel support/i, 'UNSUPPORTED', 'use a kernel with ip_set'],
];

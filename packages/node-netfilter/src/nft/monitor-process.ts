import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineSplitter } from '@sluice/pipeline/node';
import type { NodeNetfilterError } from '../node-netfilter-error.ts';
import { isListening } from './is-listening.ts';
import type { NftSetup } from './nft-setup.ts';
import { nftEnvironment, startFault } from './run-nft.ts';
import { wholeFault } from './whole-fault.ts';

/** How long one whose sockets cannot be seen is given to start. */
const startMs = 500;
const lookMs = 2;
const maxStderrChars = 8192;
/** A line of nft's that is longer says nothing that is of use. */
const maxLineChars = 1 << 20;

/** A long-lived `nft monitor`, which writes a line for each change of the ruleset. */
export class MonitorProcess {
  readonly #child: ChildProcess;
  #isOver = false;
  #stderr = '';
  /** Resolves when it hears of every change from then on; never rejects. */
  readonly ready: Promise<void>;
  /** Resolves when it is gone, with the reason; undefined after {@link close}. */
  readonly ended: Promise<NodeNetfilterError | undefined>;

  constructor({ command }: NftSetup, onLine: (line: string) => void) {
    const [program = '', ...first] = command;
    let isClosed = false;
    this.#child = spawn(program, [...first, '-a', '-y', 'monitor'], {
      env: { ...process.env, ...nftEnvironment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = new LineSplitter(maxLineChars, onLine);
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => lines.push(text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-maxStderrChars);
    });
    // Else it would stay until the ruleset changes next: only then it finds that nobody reads what it writes.
    const kill = (): void => void this.#child.kill();
    process.once('exit', kill);
    this.ended = new Promise((resolve) => {
      const end = (fault: NodeNetfilterError): void => {
        this.#isOver = true;
        process.removeListener('exit', kill);
        resolve(isClosed ? undefined : fault);
      };
      this.#child.once('error', (error) => end(startFault(error, program)));
      this.#child.once('close', () => end(wholeFault(this.#stderr)));
    });
    this.ready = this.#listening();
    this.close = async () => {
      isClosed = true;
      this.#child.kill();
      await this.ended;
    };
  }

  /** Ends it. Twice is once. */
  readonly close: () => Promise<void>;

  /** From here on it does not keep this process alive. */
  unref(): void {
    this.#child.unref();
    for (const pipe of [this.#child.stdout, this.#child.stderr]) (pipe as Socket | null)?.unref();
  }

  async #listening(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) return;
    for (let waitedMs = 0; waitedMs < startMs && !this.#isOver; waitedMs += lookMs) {
      if (await isListening(pid)) return;
      await sleep(lookMs);
    }
  }
}

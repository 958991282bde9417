import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A peer's program that has compiled its patterns and waits: one line in starts a pass, one line out tells of it. */
export class PeerProcess {
  #child;
  #lines;
  #name;
  #errors = '';

  /** @param {readonly string[]} argv */
  constructor(argv) {
    const [command, ...args] = argv;
    this.#name = args.slice(0, 1).join();
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.on('data', (text) => {
      this.#errors += text;
    });
    // A program that has ended is noticed by the answer that is missing.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async #answer() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`void: a peer (${this.#name}) ended: ${this.#errors.trim() || 'without a word'}`);
    return JSON.parse(value);
  }

  /**
   * What compiling took, and the indices of patterns that were refused. To be asked first, and once.
   *
   * @returns {Promise<{ wallMs: number, cpuMs: number, refused: number[] }>}
   */
  compiled() {
    return this.#answer();
  }

  /**
   * Searches the file once.
   *
   * @returns {Promise<{ bytes: number, lines: number, hostBytes: number, wallMs: number, cpuMs: number }>}
   */
  pass() {
    this.#child.stdin.write('\n');
    return this.#answer();
  }

  close() {
    this.#child.stdin.end();
  }
}

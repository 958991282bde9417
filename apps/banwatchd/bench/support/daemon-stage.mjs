import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Namespace } from '../../../../tools/bench/namespace.mjs';

const waiter = fileURLToPath(new URL('wait-for-element.mjs', import.meta.url));

/** A daemon in a network namespace of its own. */
export class DaemonStage {
  #namespace;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #daemon;

  /** @param {Namespace} namespace */
  constructor(namespace) {
    this.#namespace = namespace;
  }

  static async open() {
    return new DaemonStage(await Namespace.open());
  }

  /** @param {readonly string[]} argv */
  #inside(argv) {
    const [program = '', ...args] = this.#namespace.command(...argv);
    return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /**
   * Starts the daemon and waits until its log says that it is ready.
   *
   * @param {readonly string[]} argv
   * @param {{ log: string, ready: string }} options
   */
  async start(argv, { log, ready }) {
    this.#daemon = this.#inside(argv);
    this.#daemon.stdout?.resume();
    while (!read(log).includes(ready)) {
      if (this.#daemon.exitCode !== null) throw new Error(`${argv.join(' ')} ended: ${read(log)}`);
      await sleep(5);
    }
  }

  /**
   * Waits for an element. Call it before what makes it come; resolves when it watches.
   *
   * @param {string} table
   * @param {string} set
   * @param {string} key
   * @returns {Promise<{ seen: Promise<bigint> }>} when it was there, of CLOCK_MONOTONIC in nanoseconds
   */
  async watch(table, set, key) {
    const child = this.#inside([process.execPath, waiter, table, set, key]);
    /** @type {Buffer[]} */
    const chunks = [];
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.stdout?.on('data', (data) => chunks.push(data));
    const seen = once(child, 'close').then(([code]) => {
      if (code !== 0) throw new Error(`${key} never came`);
      return BigInt(chunks.join('').trim());
    });
    return { seen };
  }

  /** Processor time of the daemon and of what it has started and waited for. */
  cpuMs() {
    const fields = read(`/proc/${this.#daemon?.pid}/stat`)
      .replace(/^.*\) /, '')
      .split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  }

  async close() {
    if (this.#daemon !== undefined && this.#daemon.exitCode === null && this.#daemon.signalCode === null) {
      const exited = once(this.#daemon, 'exit');
      this.#daemon.kill('SIGKILL');
      await exited;
    }
    await this.#namespace.close();
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * A process in a network namespace that does the timed work: its netlink sockets belong to the namespace it is in. It is
 * told what to do over IPC, and says what that took.
 */
export class NamespaceWorker {
  #child;
  #ended;

  /**
   * @param {import('./namespace.mjs').Namespace} namespace
   * @param {URL} module calls `serve` of `serve-worker.mjs`
   */
  constructor(namespace, module) {
    const [program = '', ...args] = namespace.command(process.execPath, fileURLToPath(module));
    this.#child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ error: `the worker ended with ${code ?? signal}` }));
    });
  }

  /**
   * @param {string} what name of the work
   * @param {object} [options] what it needs
   * @returns {Promise<any>} what it gives
   */
  async ask(what, options = {}) {
    const answer = new Promise((resolve) => {
      this.#child.once('message', resolve);
    });
    this.#child.send({ what, options });
    const { result, error } = await Promise.race([answer, this.#ended]);
    if (error !== undefined) throw new Error(error);
    return result;
  }

  async close() {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from '../../../../tools/testing/until.ts';

const script = fileURLToPath(new URL('datagram-listener.py', import.meta.url));

/** A UNIX datagram socket of another process, and what came to it. */
export class DatagramListener {
  readonly received: string[] = [];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** @param address path, or `@` and the name of an abstract socket */
  static async open(address: string): Promise<DatagramListener> {
    const child = spawn('python3', [script, address], { env: process.env, stdio: ['ignore', 'pipe', 'inherit'] });
    const listener = new DatagramListener(child);
    const lines = createInterface({ input: child.stdout });
    await once(lines, 'line');
    lines.on('line', (line) => listener.received.push(JSON.parse(line)));
    return listener;
  }

  /** Waits until a datagram that holds the text has come. */
  async until(text: string): Promise<void> {
    await until(
      () => this.received.some((datagram) => datagram.includes(text)),
      () => ({ text, received: this.received }),
    );
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

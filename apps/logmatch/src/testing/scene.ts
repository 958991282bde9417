import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/logmatch.js', import.meta.url));
const maxBuffer = 256 * 2 ** 20;

/** How a program ended and what it wrote. */
export interface Ended {
  readonly status: number | null;
  /** One character a byte. */
  readonly out: string;
  readonly errors: string;
}

/** A program that is running. */
export interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly ended: Promise<Ended>;
}

/** A folder of its own, in which the program and others are run. */
export class Scene {
  readonly dir: string = mkdtempSync(path.join(tmpdir(), 'logmatch-'));
  readonly #children = new Set<ChildProcess>();

  /** Writes a file below the folder, and the folders above it. */
  write(name: string, content: string | Uint8Array): string {
    const file = path.join(this.dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  logmatch(args: readonly string[], input: string | Uint8Array = ''): Ended {
    return this.run(process.execPath, [program, ...args], input);
  }

  grep(args: readonly string[], input: string | Uint8Array = ''): Ended {
    return this.run('grep', ['-a', ...args], input);
  }

  run(command: string, args: readonly string[], input: string | Uint8Array = ''): Ended {
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: this.dir, input, env, maxBuffer });
    // A program that needs no input may have ended before it was written.
    if (error !== undefined && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    return { status, out: stdout.toString('latin1'), errors: stderr.toString() };
  }

  /** Starts the program and does not wait for its end. */
  start(args: readonly string[]): Running {
    const child = spawn(process.execPath, [program, ...args], { cwd: this.dir, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#children.add(child);
    let out = '';
    let errors = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString('latin1');
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const ended = new Promise<Ended>((resolve) =>
      child.on('close', (status) => {
        this.#children.delete(child);
        resolve({ status, out, errors });
      }),
    );
    return { child, out: () => out, ended };
  }

  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Waits until the condition holds, however long that takes: the test's own limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(10);
}

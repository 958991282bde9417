import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/activity-calendar.js', import.meta.url));
const testdata = fileURLToPath(new URL('../../testdata/', import.meta.url));
const maxBuffer = 256 * 2 ** 20;

/** How a program ended and what it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A program that is running. */
export interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly errors: () => string;
  readonly ended: Promise<Ended>;
}

/** An event as Python's vobject reads it; times in seconds since the epoch. */
export interface ReadEvent {
  readonly uid: string;
  readonly start: number;
  readonly end: number | null;
  readonly summary: string;
  readonly description: string | null;
  readonly categories: readonly string[] | null;
  readonly url: string | null;
}

/** A folder of its own, in which programs are run that know nothing of the user's configuration. */
export class Scene {
  readonly dir: string = mkdtempSync(path.join(tmpdir(), 'activity-calendar-'));
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    HOME: path.join(this.dir, 'home'),
    XDG_CONFIG_HOME: path.join(this.dir, 'home/.config'),
    XDG_DATA_HOME: path.join(this.dir, 'home/.local'),
    XDG_CACHE_HOME: path.join(this.dir, 'home/.cache'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    HGRCPATH: path.join(this.dir, 'home/hgrc'),
  };
  readonly #children = new Set<ChildProcess>();

  constructor() {
    this.write('home/hgrc', '');
  }

  path(name: string): string {
    return path.join(this.dir, name);
  }

  /** Writes a file below the folder, and the folders above it. */
  write(name: string, content: string | Uint8Array): string {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Runs activity-calendar. */
  calendar(args: readonly string[], input: string | Uint8Array = ''): Ended {
    return this.attempt(process.execPath, [program, ...args], input);
  }

  /** Runs a program; a test fails where that does. */
  run(command: string, args: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}): string {
    const { status, out, errors } = this.attempt(command, args, input, env);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${errors}`);
    return out;
  }

  attempt(
    command: string,
    args: readonly string[],
    input: string | Uint8Array = '',
    env: NodeJS.ProcessEnv = {},
  ): Ended {
    const options = { cwd: this.dir, input, env: { ...this.env, ...env }, maxBuffer };
    const { status, stdout, stderr, error } = spawnSync(command, args, options);
    // A program that needs no input may have ended before it was written.
    if (error !== undefined && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    return { status, out: stdout.toString(), errors: stderr.toString() };
  }

  /** Starts activity-calendar, or with `command` another program, and does not wait for its end. */
  start(args: readonly string[], command: readonly [string, ...string[]] = [process.execPath, program]): Running {
    const [file, ...before] = command;
    const child = spawn(file, [...before, ...args], { cwd: this.dir, env: this.env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#children.add(child);
    let out = '';
    let errors = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => {
        this.#children.delete(child);
        resolve({ status, out, errors });
      });
    });
    return { child, out: () => out, errors: () => errors, ended };
  }

  /** The events of calendar files, oldest first, as vobject reads them. */
  events(...names: readonly string[]): ReadEvent[] {
    const files = names.map((name) => this.path(name));
    return JSON.parse(this.python('events.py', files)) as ReadEvent[];
  }

  /** Runs a script of testdata/ with the system's own Python. */
  python(script: string, args: readonly string[]): string {
    return this.run('/usr/bin/python3', [path.join(testdata, script), ...args]);
  }

  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

const limitMs = 25_000;

/** Waits until the condition holds; throws before the test's own limit, so that nothing waits on when the test is over. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + limitMs; !holds(); await sleep(20)) {
    if (Date.now() > end) throw new Error(`never came: ${holds}`);
  }
}

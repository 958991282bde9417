import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Daemon, startDaemon } from '../daemon.ts';
import type { DaemonOptions } from '../options.ts';

/** A configuration tree and logs in a folder of their own, and a daemon in dry run over them. */
export class Scene {
  readonly dir: string = mkdtempSync(path.join(tmpdir(), 'banwatchd-'));
  readonly root: string = path.join(this.dir, 'root');
  readonly configDir: string = path.join(this.dir, 'fail2ban');
  readonly log: string[] = [];
  readonly commands: string[] = [];
  #daemon: Daemon | undefined;

  /** Writes a file below the scene's folder, and the folders above it. */
  write(relative: string, text: string | Uint8Array): string {
    const file = path.join(this.dir, relative);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  start(options: DaemonOptions = {}): Daemon {
    this.#daemon = startDaemon({
      configDir: this.configDir,
      root: this.root,
      banWith: 'netfilter',
      dryRun: true,
      writeCommand: (command) => this.commands.push(command),
      log: { write: (line) => this.log.push(line) },
      ...options,
    });
    return this.#daemon;
  }

  /** Log lines that hold the text, without time and process. */
  logged(text: string): string[] {
    return this.log.filter((line) => line.includes(text)).map((line) => line.replace(/^[^[]*\[\d+\]: /, ''));
  }

  /** Waits until the condition holds; fails, with the log, when it never does. */
  async until(what: string, holds: () => boolean, limitMs = 10_000): Promise<void> {
    const end = Date.now() + limitMs;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`never came: ${what}; the log says\n${this.log.join('\n')}`);
      await sleep(20);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#daemon?.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

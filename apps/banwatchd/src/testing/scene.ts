import { SceneFolder } from '../../../../tools/testing/scene-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { type Daemon, startDaemon } from '../daemon.ts';
import type { DaemonOptions } from '../options.ts';

/** A configuration tree and logs in a folder of their own, and a daemon in dry run over them. */
export class Scene extends SceneFolder {
  readonly root: string = this.path('root');
  readonly configDir: string = this.path('fail2ban');
  readonly log: string[] = [];
  readonly commands: string[] = [];
  #daemon: Daemon | undefined;

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
  until(what: string, holds: () => boolean): Promise<void> {
    return until(holds, () => ({ what, log: this.log }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#daemon?.stop();
    this[Symbol.dispose]();
  }
}

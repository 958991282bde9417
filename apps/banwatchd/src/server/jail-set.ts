import type { JailConfig, LogPath } from '@sluice/fail2ban-config';
import { type Reject, Serial } from '@sluice/pipeline';
import { Jail } from '../jail/jail.ts';
import type { JailContext } from '../jail/jail-context.ts';
import { ChunkRouter } from '../watch/chunk-router.ts';
import { LogWatch, type LogWatchOptions } from '../watch/log-watch.ts';

type Shared = Omit<JailContext, 'routesChanged' | 'filesChanged'>;

/** The jails that run, and the logs that they watch together. */
export class JailSet {
  /** In the order they were started. */
  readonly running: Map<string, Jail> = new Map();
  readonly #context: JailContext;
  readonly #router: ChunkRouter;
  readonly #watch: LogWatch;
  readonly #follows = new Serial();

  constructor(shared: Shared, watch: Omit<LogWatchOptions, 'take' | 'rejects'>) {
    this.#context = {
      ...shared,
      routesChanged: () => this.#router.changed(),
      filesChanged: () => this.follow(),
    };
    this.#router = new ChunkRouter(() => this.running.values(), shared.rejects);
    const rejects = { next: (item: Reject) => this.#mayBeMissing(item) || shared.rejects.next(item) };
    this.#watch = new LogWatch({ ...watch, rejects, take: (chunk, from) => this.#router.take(chunk, from) });
  }

  /** Makes a jail that can be started. @throws ComponentError with file, line and cure */
  open(config: JailConfig): Jail {
    return new Jail(config, this.#context);
  }

  /** Lets jails run; {@link follow} then reads their logs. */
  start(jails: readonly Jail[]): void {
    for (const jail of jails) {
      jail.announce();
      this.running.set(jail.name, jail);
    }
    this.#router.changed();
    for (const jail of jails) jail.start();
  }

  /** Reads the logs of the jails that run, and no others. @returns false when what was under way took too long */
  follow(): Promise<boolean> {
    return this.#follows.run(() => this.#watch.follow(this.#paths()));
  }

  /** Lets no more lines in; resolves when those that came in are decided. */
  hold(): Promise<void> {
    return this.#watch.hold();
  }

  /** Stops some jails while the others go on. */
  async stop(names: readonly string[]): Promise<void> {
    const stopped = names.flatMap((name) => this.running.get(name) ?? []);
    for (const { name } of stopped) this.running.delete(name);
    this.#router.changed();
    const isDecided = await this.follow();
    await this.#stopAll(stopped, true, isDecided);
  }

  /** Stops reading for good, then all jails; which wait for what is under way only where that is worth it. */
  async end(waits: boolean): Promise<void> {
    this.#watch.stop();
    await this.#stopAll([...this.running.values()], false, waits);
    this.running.clear();
  }

  /** A log that is not there is worth no word where the jails that want it can do without: `skip_if_nologs`. */
  #mayBeMissing({ code, path }: Reject): boolean {
    if (code !== 'ERR_LOG_SOURCE_MISSING' || path === undefined) return false;
    const wanting = [...this.running.values()].filter(
      (jail) => jail.watches(path, 'head') || jail.watches(path, 'tail'),
    );
    return wanting.length > 0 && wanting.every(({ config }) => config.skipIfNoLogs);
  }

  async #stopAll(jails: readonly Jail[], othersGoOn: boolean, waits: boolean): Promise<void> {
    await Promise.all(jails.map((jail) => jail.stop(othersGoOn, waits)));
    for (const { name } of jails) this.#context.log('fail2ban.jail').info(`Jail '${name}' stopped`);
  }

  #paths(): readonly LogPath[] {
    return [...this.running.values()].flatMap(({ config }) => config.logPaths);
  }
}

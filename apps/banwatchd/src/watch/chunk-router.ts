import { FilterGroup } from '@sluice/fail2ban-filter';
import type { Chunk, RejectSink } from '@sluice/pipeline';
import type { Jail } from '../jail/jail.ts';
import type { From } from './log-watch.ts';

/** What becomes of the chunks of one path. */
interface Route {
  readonly jails: readonly Jail[];
  readonly group: FilterGroup;
}

/** Paths whose routes are remembered: as many as are followed at most. */
const maxRoutes = 16_384;

/**
 * Leads each chunk to the jails that watch its file: one scan for all their filters, then each jail decides on its own
 * failures, side by side with the others and in order for itself.
 */
export class ChunkRouter {
  readonly #jails: () => Iterable<Jail>;
  readonly #rejects: RejectSink;
  readonly #routes = new Map<string, Route>();
  /** By the names of the jails: files that the same jails watch share a group. */
  readonly #shared = new Map<string, Route>();

  constructor(jails: () => Iterable<Jail>, rejects: RejectSink) {
    this.#jails = jails;
    this.#rejects = rejects;
  }

  /** Jails, their filters or their files are others now. */
  changed(): void {
    this.#routes.clear();
    this.#shared.clear();
  }

  /** Finds and decides. @returns undefined when all is decided, else when it will be */
  take(chunk: Chunk, from: From): Promise<void> | undefined {
    const { jails, group } = this.#routeOf(chunk.source.path, from);
    if (jails.length === 0) return undefined;
    for (const jail of jails) jail.reads(chunk.source.path);
    try {
      group.process(chunk, (failure, index) => (jails[index] as Jail).found(failure));
    } catch (error) {
      this.#report(chunk, error);
    }
    const waiting = jails.flatMap((jail) => jail.settled ?? []);
    return waiting.length === 0 ? undefined : Promise.all(waiting).then(() => {});
  }

  /** A fault of ours in some lines must not keep all others from being read. */
  #report({ source, offset }: Chunk, error: unknown): void {
    const reason = `the lines from here on are not searched to their end: ${error}`;
    const place = { path: source.path, offset };
    this.#rejects.next({ component: 'banwatchd', code: 'ERR_BANWATCHD_CHUNK', reason, ...place, value: error });
  }

  #routeOf(path: string, from: From): Route {
    const key = `${from} ${path}`;
    const known = this.#routes.get(key);
    if (known !== undefined) return known;
    if (this.#routes.size >= maxRoutes) this.#routes.clear();
    const jails = [...this.#jails()].filter((jail) => !jail.idle && jail.watches(path, from));
    const names = jails.map(({ name }) => name).join('\n');
    const route = this.#shared.get(names) ?? { jails, group: new FilterGroup(jails.map(({ filter }) => filter)) };
    this.#shared.set(names, route);
    this.#routes.set(key, route);
    return route;
  }
}

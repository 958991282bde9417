import { createHash } from 'node:crypto';
import type { Commit } from '../commit.ts';

/** Remembers what the last revisions were like, to find those that were edited. */
export class Edits {
  readonly #max: number;
  readonly #known = new Map<number, string>();

  /** @param max how many revisions are remembered */
  constructor(max: number) {
    this.#max = max;
  }

  /**
   * Those of the commits that are new or are not what they were.
   *
   * @param newest the newest revision: those that lie too far behind it are forgotten
   */
  changed(commits: readonly Commit[], newest: number): readonly Commit[] {
    if (this.#max === 0) return commits;
    const changed = commits.filter((commit) => this.#isChanged(commit, newest));
    for (const revision of this.#known.keys()) if (revision <= newest - this.#max) this.#known.delete(revision);
    return changed;
  }

  #isChanged({ id, author, message }: Commit, newest: number): boolean {
    const revision = Number(id);
    // Far back, and never looked at: there is nothing to compare it with, now or later.
    if (revision <= newest - this.#max && !this.#known.has(revision)) return true;
    const text = JSON.stringify([author.name, author.timeMs, author.rawDate, message]);
    const now = createHash('sha256').update(text).digest('base64');
    if (this.#known.get(revision) === now) return false;
    this.#known.set(revision, now);
    return true;
  }
}

import type { Progress } from './options.ts';

const intervalMs = 1000;

/** Tells how far reading has come, about once a second, and at its end. */
export class ProgressReport {
  readonly #tell: ((progress: Progress) => void) | undefined;
  #commits = 0;
  #total: number | undefined;
  #nextMs: number = performance.now() + intervalMs;

  constructor(tell: ((progress: Progress) => void) | undefined) {
    this.#tell = tell;
  }

  /** Whether anybody listens: a total that costs something to find out is then worth it. */
  get isWanted(): boolean {
    return this.#tell !== undefined;
  }

  /** How many were read so far. */
  get commits(): number {
    return this.#commits;
  }

  /** How many commits there are, once that is known. */
  set total(commits: number) {
    this.#total = commits;
  }

  /** Counts commits that were read. */
  read(commits: number): void {
    this.#commits += commits;
    if (this.#tell !== undefined && performance.now() >= this.#nextMs) this.#now('read');
  }

  /** Reading is at its end, for now. */
  end(): void {
    this.#now('read');
  }

  /** A remote repository is being fetched. */
  cloning(): void {
    this.#now('clone');
  }

  #now(phase: Progress['phase']): void {
    this.#nextMs = performance.now() + intervalMs;
    const total = this.#total === undefined ? {} : { total: this.#total };
    this.#tell?.({ commits: this.#commits, ...total, phase });
  }
}

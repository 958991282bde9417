const maxProblems = 20;
const maxLength = 300;

/** What went wrong while serving, each once, one line each; at most twenty, then only counted. */
export class ProblemList {
  readonly #lines = new Set<string>();
  #others = 0;

  add(problem: unknown): void {
    const line = lineOf(problem);
    if (this.#lines.has(line)) return;
    if (this.#lines.size < maxProblems) this.#lines.add(line);
    else this.#others += 1;
  }

  /** The lines, these first and then `more`. */
  list(more: readonly string[]): readonly string[] {
    const lines = [...this.#lines, ...more.slice(0, maxProblems).map(lineOf)];
    const others = this.#others + Math.max(0, more.length - maxProblems);
    return others === 0 ? lines : [...lines, `and ${others} more`];
  }
}

function lineOf(problem: unknown): string {
  const text = problem instanceof Error ? problem.message : String(problem);
  const line = text.split(/[\r\n]/, 1)[0] ?? '';
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A row on which this project and the peer differ on purpose. */
export interface KnownDifference {
  readonly what: string;
  readonly reason: string;
}

/** How the rows of one golden came out: what `npm run conformance` prints. */
export interface ConformanceResult {
  /** File of the peer's expectations, or what was run side by side. */
  readonly golden: string;
  readonly passed: number;
  readonly failed: readonly string[];
  readonly known: readonly KnownDifference[];
}

/** Names the folder that results are written to. */
export const conformanceVariable = 'SLUICE_CONFORMANCE';

const shown = (value: unknown): string => JSON.stringify(value, (_, one) => (one === Infinity ? 'Infinity' : one));

/** The rows of one golden, compared one by one. */
export class Conformance {
  readonly #golden: string;
  readonly #reasons: (what: string) => string | undefined;
  readonly #failed: string[] = [];
  readonly #known: KnownDifference[] = [];
  #passed = 0;

  /**
   * @param golden the peer's file, and what of it: `cases.jsonl, each by itself`
   * @param reasons why a row is expected to differ; undefined where it is not
   */
  constructor(golden: string, reasons: (what: string) => string | undefined = () => undefined) {
    this.#golden = golden;
    this.#reasons = reasons;
    afterAll(() => this.#write());
  }

  /** Compares one row, as Jest's `toEqual` does. A known difference that is none any more is a failure. */
  row(what: string, ours: unknown, theirs: unknown): void {
    const reason = this.#reasons(what);
    let isEqual = true;
    try {
      expect(ours).toEqual(theirs);
    } catch {
      isEqual = false;
    }
    if (isEqual && reason === undefined) this.#passed += 1;
    else if (!isEqual && reason !== undefined) this.#known.push({ what, reason });
    else if (isEqual) this.#failed.push(`${what}: said to differ, but does not: ${reason}`);
    else this.#failed.push(`${what}: expected ${shown(theirs)}, came ${shown(ours)}`);
  }

  get result(): ConformanceResult {
    return { golden: this.#golden, passed: this.#passed, failed: this.#failed, known: this.#known };
  }

  /** For the test itself: fails with the rows that failed, and when fewer than `rows` were compared. */
  expectAll(rows: number): void {
    const { passed, failed, known } = this.result;
    expect(failed.slice(0, 20)).toEqual([]);
    expect(passed + known.length).toBe(rows);
  }

  #write(): void {
    const folder = process.env[conformanceVariable];
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${encodeURIComponent(this.#golden)}.json`), JSON.stringify(this.result));
  }
}

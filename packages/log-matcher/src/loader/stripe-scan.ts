import type { ScanFileResult } from './options.ts';
import { PartWriter } from './part-writer.ts';
import type { Part, ScanTask } from './protocol.ts';
import { type OnMatch, RangeScan } from './range-scan.ts';
import { ScanControl } from './scan-control.ts';
import type { ScannableSet } from './scannable-set.ts';

/** Size of a part that is sent before its stripe is over: what a worker holds is a few times that. */
const maxPartBytes = 4 * 1024 * 1024;

/** The counts of both together. */
export function sumOf(one: ScanFileResult, other: ScanFileResult): ScanFileResult {
  return {
    lines: one.lines + other.lines,
    candidates: one.candidates + other.candidates,
    matches: one.matches + other.matches,
    givenUp: one.givenUp + other.givenUp,
    bytes: one.bytes + other.bytes,
    cutLines: one.cutLines + other.cutLines,
  };
}

export const noResult: ScanFileResult = { lines: 0, candidates: 0, matches: 0, givenUp: 0, bytes: 0, cutLines: 0 };

/** One worker's share of a scan. */
export class StripeScan {
  readonly writer: PartWriter;
  readonly #set: ScannableSet;
  readonly #task: ScanTask;
  readonly #control: ScanControl;

  /** @param post sends a part to the thread that delivers */
  constructor(set: ScannableSet, task: ScanTask, post: (part: Part) => void) {
    this.#set = set;
    this.#task = task;
    this.#control = new ScanControl(task.shared);
    const groupCounts = set.patterns.map(({ groupCount }) => groupCount);
    this.writer = new PartWriter(groupCounts, maxPartBytes, (part) => {
      if (this.#control.awaitRoom(task.slot)) post(part);
    });
  }

  /** Scans stripe after stripe until there are no more, or the scan is over. */
  run(): ScanFileResult {
    let result = noResult;
    for (let found = this.#next(); found !== undefined; found = this.#next()) result = sumOf(result, found);
    return result;
  }

  #next(): ScanFileResult | undefined {
    const { file, settings, stripeBytes } = this.#task;
    const stripe = this.#control.claim();
    const first = settings.start + stripe * stripeBytes;
    if (first >= settings.end || this.#control.isStopped) return undefined;
    const own = Math.min(first + stripeBytes, settings.end);
    const range = { first, firstBegins: stripe === 0, own, limit: settings.end };
    const onMatch: OnMatch = (match, base) => this.writer.match(match, base);
    this.writer.begin(stripe);
    const scan = new RangeScan(this.#set, file, range, settings, onMatch);
    while (!this.#control.isStopped && scan.step() !== undefined);
    this.writer.end();
    return scan.result;
  }
}

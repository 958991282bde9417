import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ScanOptions } from '../options.ts';
import type { LineMatch } from '../pattern-match.ts';
import { closeLog, openLog } from './log-file.ts';
import type { ScanFileResult, ScanSettings } from './options.ts';
import { type OnMatch, RangeScan } from './range-scan.ts';
import { RebasedMatch } from './rebased-match.ts';
import type { ScannableSet } from './scannable-set.ts';

/** Bytes after which other work of this thread gets its turn, and longest time until then. */
const turnBytes = 16 * 1024 * 1024;
const turnMs = 20;

/** Scans a file in this thread. Each of the signals ends it. */
export async function scanHere(
  set: ScannableSet,
  path: string,
  sink: (match: LineMatch) => void,
  settings: ScanSettings,
  cut: ScanOptions['cut'],
  signals: readonly AbortSignal[],
): Promise<ScanFileResult> {
  const throwIfAborted = (): void => {
    for (const signal of signals) signal.throwIfAborted();
  };
  // A sink may begin another scan: that must not touch the set's memory while this one is in it.
  await nextTurn();
  throwIfAborted();
  const file = openLog(path);
  try {
    const limit = Math.min(settings.end, Math.max(settings.start, file.size));
    const range = { first: settings.start, firstBegins: true, own: limit, limit };
    const onMatch: OnMatch = (match, base) => sink(new RebasedMatch(match, base));
    const scan = new RangeScan(set, file, range, settings, onMatch, cut);
    let bytes = 0;
    let turnEndMs = performance.now() + turnMs;
    for (let size = scan.step(); size !== undefined; size = scan.step()) {
      throwIfAborted();
      bytes += size;
      if (bytes < turnBytes && performance.now() < turnEndMs) continue;
      await nextTurn();
      throwIfAborted();
      bytes = 0;
      turnEndMs = performance.now() + turnMs;
    }
    return scan.result;
  } finally {
    closeLog(file);
  }
}

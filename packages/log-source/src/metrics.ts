import { countBreaks } from '@sluice/log-matcher';
import type { ChunkEnding, Metrics } from '@sluice/pipeline';

/** Names of the counters, for those who read them. */
export const metricNames = {
  /** Bytes handed out in chunks. */
  bytes: 'log_source_emitted_bytes_total',
  /** Lines handed out in chunks, each cut one as one. */
  lines: 'log_source_emitted_lines_total',
  chunks: 'log_source_emitted_chunks_total',
  /** Bytes not handed out because their line was cut: `emitted + skipped` is every byte that was read past. */
  skippedBytes: 'log_source_skipped_bytes_total',
  /** Lines longer than `maxLineBytes`. */
  cutLines: 'log_source_cut_lines_total',
  /** Times a followed path led to another file than before. */
  rotations: 'log_source_rotated_files_total',
  /** Times a followed file was cut short or rewritten in place. */
  truncations: 'log_source_truncated_files_total',
  rejects: 'log_source_rejected_items_total',
} as const;

/** Counts what a source does. Without a sink nothing is counted, and so no line is searched for its break. */
export class Meter {
  readonly #metrics: Metrics | undefined;

  constructor(metrics: Metrics | undefined) {
    this.#metrics = metrics;
  }

  chunk(bytes: Uint8Array, ending: ChunkEnding): void {
    if (this.#metrics === undefined) return;
    this.#metrics.add(metricNames.chunks, 1);
    this.#metrics.add(metricNames.bytes, bytes.length);
    this.#metrics.add(metricNames.lines, countBreaks(bytes) + (ending === 'break' ? 0 : 1));
    if (ending === 'cut') this.#metrics.add(metricNames.cutLines, 1);
  }

  skipped(bytes: number): void {
    if (bytes > 0) this.#metrics?.add(metricNames.skippedBytes, bytes);
  }

  count(what: 'rotations' | 'truncations' | 'rejects'): void {
    this.#metrics?.add(metricNames[what], 1);
  }
}

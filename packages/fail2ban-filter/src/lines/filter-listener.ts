import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { NamedFailure } from '../named-failure.ts';
import type { NoticeBoard } from './notice-board.ts';

/** Who is told of what a filter comes across, besides failures. */
export interface FilterListener {
  readonly notices: NoticeBoard;
  readonly rejects: RejectSink | undefined;
  readonly metrics: Metrics | undefined;
  /** Gets failures of host names; undefined where they are rejected. */
  readonly names: ((failure: NamedFailure) => void) | undefined;
}

export { actionBatches } from './act/action-batches.ts';
export type { ActionTarget } from './act/action-target.ts';
export { askSettings, type EximSettings } from './exim/ask-settings.ts';
export { findExim } from './exim/find-exim.ts';
export { mainlogPath } from './exim/mainlog-path.ts';
export { runExim } from './exim/run-exim.ts';
export type { EximRun, RunEximOptions } from './exim/spawn-exim.ts';
export { EximQueueError, type EximQueueErrorCode } from './exim-queue-error.ts';
export { compareIds } from './id/compare-ids.ts';
export { isMessageId } from './id/is-message-id.ts';
export { messageIdMs } from './id/message-id-ms.ts';
export { countMessages } from './list/count-messages.ts';
export { entryBatches } from './list/entry-batches.ts';
export { locateQueue } from './locate-queue.ts';
export { metricNames } from './metrics.ts';
export type {
  ActionOptions,
  ListOptions,
  OpenOptions,
  PartOptions,
  QueueField,
  QueueProgress,
  Reporting,
  SummaryKey,
  SummaryOptions,
  WatchOptions,
} from './options.ts';
export type { PartName } from './part/part-name.ts';
export { readPart } from './part/read-part.ts';
export type { ActionOutcome, ActionResult, QueueAction } from './queue-action.ts';
export type { QueueChange, QueueChangeKind } from './queue-change.ts';
export type { QueueEntry, QueueHost, QueueRecipient, QueueState, SpoolProblem } from './queue-entry.ts';
export type { QueueFilter, TextPattern } from './queue-filter.ts';
export type { QueuePlace } from './queue-place.ts';
export { bpAge } from './render/bp-age.ts';
export { bpSize } from './render/bp-size.ts';
export { bpText } from './render/bp-text.ts';
export { type ReadMessageOptions, readMessage } from './spool/read-message.ts';
export { queueStats, type StatsOptions } from './stats/queue-stats.ts';
export type { QueueStats } from './stats/stats.ts';
export { summarize } from './summary/summarize.ts';
export type { SummaryRow } from './summary/summary-row.ts';
export { summaryText } from './summary/summary-text.ts';
export { wordDecoder } from './text/word-decoder.ts';

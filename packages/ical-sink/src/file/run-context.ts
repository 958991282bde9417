import type { EventEncoder } from '../calendar/event-encoder.ts';
import type { Reports } from '../reports.ts';
import type { FileNames } from './file-names.ts';
import type { FileSettings } from './file-settings.ts';

/** What a writing of a calendar to its files works with. */
export interface RunContext {
  readonly settings: FileSettings;
  readonly names: FileNames;
  readonly encoder: EventEncoder;
  readonly head: Buffer;
  readonly foot: Buffer;
  readonly reports: Reports;
  /** Aborts what is under way. */
  readonly signal: AbortSignal;
}

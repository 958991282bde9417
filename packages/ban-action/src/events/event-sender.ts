import type { BanEvent } from '@sluice/pipeline';
import type { BanActionError } from '../ban-action-error.ts';

/** What failed, and why; what is not in it went well. */
export type SendFaults = ReadonlyMap<BanEvent, BanActionError>;

/**
 * What tells somebody of events: a program, a web service, a person. An `EventBackend` drives it and does the rest. One
 * call at a time.
 */
export interface EventSender {
  readonly name: string;
  /** @throws BanActionError */
  start(signal?: AbortSignal): Promise<void>;
  /** Tells of all events, at least one, in one go; never rejects because of data. */
  send(events: readonly BanEvent[], signal?: AbortSignal): Promise<SendFaults>;
  /** Says what is left to be said, and lets go. */
  stop(): Promise<void>;
  /** What {@link send} would do, as commands for people. */
  commands(events: readonly BanEvent[]): readonly string[];
  /** The same at its beginning, which gives `write` each command in place of doing it. */
  rehearse(write: (command: string) => void): EventSender;
}

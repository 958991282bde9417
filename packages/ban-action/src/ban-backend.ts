import type { Ban, BanEvent } from '@sluice/pipeline';
import type { BanActionError } from './ban-action-error.ts';

/** What became of one event. */
export interface BanOutcome {
  readonly event: BanEvent;
  /** Name of the backend. */
  readonly backend: string;
  /** Whether the event is in effect now. */
  readonly ok: boolean;
  /** True when nothing was changed because of a dry run. */
  readonly dryRun: boolean;
  /** Why not `ok`. */
  readonly error?: BanActionError;
  /** How long the commit that it was part of took. */
  readonly durationMs: number;
  /** Outcomes of the branches of a fan-out, in their order. */
  readonly parts?: readonly BanOutcome[];
}

/**
 * Something that bans and unbans for real. `applyBans` drives it: {@link start}, then one {@link apply} at a time, then
 * {@link stop}.
 */
export interface BanBackend {
  readonly name: string;
  /**
   * Makes ready. Calling it again is harmless, and bans that stand from before are kept or restored.
   *
   * @throws BanActionError what is missing and how to get it; nothing is left behind then
   */
  start(signal?: AbortSignal): Promise<void>;
  /**
   * Brings events into effect, in their order.
   *
   * @returns one outcome for each event, in the same order. A bad event fails alone: this never rejects because of data.
   */
  apply(events: readonly BanEvent[], signal?: AbortSignal): Promise<readonly BanOutcome[]>;
  /**
   * Makes exactly these bans stand, in one go where it can: others that stand are let in, also those of a run before. A
   * backend that cannot know what stands applies them, and goes on with the bans it was told of before.
   *
   * @returns one outcome for each ban, in the same order. A bad one fails alone.
   * @throws BanActionError when nothing could be done; what stood may stand
   */
  reconcile(bans: readonly Ban[], signal?: AbortSignal): Promise<readonly BanOutcome[]>;
  /**
   * Lets all in at once, where that takes less than an unban each (fail2ban's `actionflush`), and goes on. The unbans that
   * follow then change nothing more; where it does nothing, they do the work.
   *
   * @throws BanActionError when that failed; bans may stand
   */
  flush(signal?: AbortSignal): Promise<void>;
  /** Cleans up. What stands stays or goes as the backend's options say. */
  stop(): Promise<void>;
  /** The commands that {@link start} runs, for people. */
  startCommands(): readonly string[];
  /** The commands that {@link apply} would run for the event now, for people. */
  commands(event: BanEvent): readonly string[];
  /** The same backend at its beginning, which gives `write` each command in place of running it. See `dryRun`. */
  rehearse(write: (command: string) => void): BanBackend;
}

import type { Ban, BanEvent } from '@sluice/pipeline';
import type { ActionSink } from './action-sink.ts';

/** One of what all jails ban with. */
export interface SharedSink {
  readonly sink: ActionSink;
  /** Nobody is kept out without it. */
  readonly isRequired: boolean;
}

const isRestored = (event: BanEvent): event is Ban => event.kind === 'ban' && event.restored;

/**
 * What all jails ban with, each side by side with the others: one that is slow, or cannot be reached, holds up nobody.
 * What is decided before {@link begin} waits for it.
 */
export class SharedSinks {
  readonly #sinks: readonly SharedSink[];
  #early: BanEvent[] | undefined = [];

  constructor(sinks: readonly SharedSink[]) {
    this.#sinks = sinks;
  }

  send(event: BanEvent): void {
    if (this.#early !== undefined) this.#early.push(event);
    else for (const { sink } of this.#sinks) sink.send(event);
  }

  /**
   * Starts them. Resolves when those that are required have started and have what stands from before; never when one of
   * them cannot.
   *
   * @param isWhole whether what was sent until now holds all bans that are to stand: then all others are let in, in the
   *   same go; else what stands is kept
   */
  async begin(isWhole: boolean): Promise<void> {
    const early = this.#early ?? [];
    this.#early = undefined;
    const standing = isWhole ? early.filter(isRestored) : undefined;
    for (const { sink } of this.#sinks) sink.start(standing);
    for (const event of early) if (!isWhole || !isRestored(event)) this.send(event);
    await Promise.all(this.#sinks.map(({ sink, isRequired }) => (isRequired ? sink.ready : undefined)));
  }

  /** Applies what waits and stops them. Never rejects. */
  async stop(): Promise<void> {
    await Promise.all(this.#sinks.map(({ sink }) => sink.stop()));
  }
}

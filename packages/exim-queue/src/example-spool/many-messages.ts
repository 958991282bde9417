import { option } from '../option-check.ts';
import { Dice } from './dice.ts';
import type { ExampleMessage } from './example-message.ts';
import { QueueMaker } from './queue-maker.ts';

/** What `manyMessages` is to make. */
export interface ManyMessagesOptions {
  readonly count: number;
  /** The same seed and time give the same messages. Default 1. */
  readonly seed?: number;
  /** The time at which the queue is as it is, milliseconds since the epoch: no message is younger. */
  readonly nowMs: number;
}

/**
 * A big queue like one of a busy relay: four days of mail from several hundred domains, a fifth of it bounces, 15 % frozen,
 * 1.8 recipients each, some of them delivered, a few with a journal; headers of 0.6 to 1.2 kB, bodies of 0.3 to 8 KiB,
 * a log for each that was tried. One message at a time, in the order of arrival; each iteration gives the same.
 *
 * @throws {EximQueueError} `OPTION`
 */
export function manyMessages(options: ManyMessagesOptions): Iterable<ExampleMessage> {
  const count = option.integer('count', options.count, 0, 0);
  const seed = option.integer('seed', options.seed, 1, 0);
  const nowMs = option.instant('nowMs', options.nowMs, 0);
  return { [Symbol.iterator]: () => generate(new QueueMaker(new Dice(seed), nowMs), count) };
}

function* generate(maker: QueueMaker, count: number): Generator<ExampleMessage> {
  for (let index = 0; index < count; index += 1) yield maker.message(index / count, 1 / count);
}

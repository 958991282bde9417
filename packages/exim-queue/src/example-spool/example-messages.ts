import { contentCases } from './cases/content-cases.ts';
import { damageCases } from './cases/damage-cases.ts';
import { deliveryCases } from './cases/delivery-cases.ts';
import { senderCases } from './cases/sender-cases.ts';
import type { ExampleMessage } from './example-message.ts';

/**
 * About 40 messages, each with something of its own: senders and recipients of every shape, bounces, frozen and partly
 * delivered mail, journals, logs with reasons, notifications, replaced headers, sizes, damaged files.
 *
 * @param nowMs the time at which the queue is as it is, milliseconds since the epoch; the oldest is three days older
 */
export function* exampleMessages(nowMs: number): Generator<ExampleMessage> {
  yield* senderCases(nowMs);
  yield* deliveryCases(nowMs);
  yield* contentCases(nowMs);
  yield* damageCases(nowMs);
}

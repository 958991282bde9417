import type { BanEvent, Failure } from '@sluice/pipeline';
import { untilAborted } from '@sluice/pipeline/rx';
import { Observable, type OperatorFunction } from 'rxjs';
import { BanPolicy } from './ban-policy.ts';
import { ExpiryTimer } from './expiry-timer.ts';
import { Protection } from './ignore/protection.ts';
import { BanTimes } from './increment/ban-times.ts';
import { type BanPolicyOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { Reporter } from './reporter.ts';

/**
 * Turns failures into decisions: ban, prolonged, already banned, unban.
 *
 * 1. Emits the bans of `store` and `restore` that are not over, as `restored`.
 * 2. Counts each failure by fail2ban's rule (see `FailureCounter`), unless its line was counted before or it is from an
 *    own or allowed address. At `maxRetry` it emits a `Ban` that ends `banTimeMs` after the last failure; nothing when that is
 *    past. `increment` lets a `Prolonged` follow for one who was banned before. For an id that is banned it emits `AlreadyBanned`, and the ban ends later if the new one would.
 * 3. Emits an `Unban` when a ban is over, by one timer of the scheduler. With `clock: 'event'` there is no timer: bans end
 *    when a later failure shows that their time has passed.
 * 4. Completes with its source or when `signal` aborts, and errors with its source. Bans that stand then stay: their
 *    ends are in the events, and the kernel or a later `restore` keeps them.
 *
 * With a `store` each of them is emitted when it is durable. Failures that have to wait, for the store, an `ignoreCommand` or
 * a host name, are decided in their order; the stream completes after them. Where so many may come that they must not wait in
 * memory (`maxWaiting`), call `BanPolicy.handle` and wait for its promises.
 *
 * Failures never error the stream: one without a time goes to `rejects`. All state is bounded.
 *
 * ```ts
 * failures.pipe(decideBans({ maxRetry: 3, banTimeMs: 3_600_000, ignore: ['10.0.0.0/8'] }))
 * ```
 *
 * @param options the rules, with new state for each subscription; or a policy that the caller keeps hold of
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION`, `ERR_BAN_POLICY_IGNORE` or `ERR_BAN_POLICY_FORMULA`, at once and not when
 *   subscribed
 */
export function decideBans(options: BanPolicyOptions | BanPolicy = {}): OperatorFunction<Failure, BanEvent> {
  const given = options instanceof BanPolicy ? options : undefined;
  const { signal } = given?.options ?? checked(options as BanPolicyOptions);

  return (source) =>
    new Observable<BanEvent>((subscriber) => {
      const policy = given ?? new BanPolicy(options as BanPolicyOptions);
      const { scheduler, clock, restore } = policy.options;
      const timer = clock === 'scheduler' ? new ExpiryTimer(policy, scheduler) : undefined;
      subscriber.add(
        policy.attach((event) => {
          subscriber.next(event);
          timer?.arm();
        }),
      );
      subscriber.add(timer);
      if (given === undefined) subscriber.add(() => void leaveStore(policy));
      policy.restore(restore);
      timer?.arm();
      subscriber.add(
        source.subscribe({
          next: (failure) => void policy.handle(failure),
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            const { settled } = policy;
            if (settled === undefined) subscriber.complete();
            else void settled.then(() => subscriber.complete());
          },
        }),
      );
    }).pipe(untilAborted(signal));
}

/** What {@link BanPolicy} would refuse is refused at the call, before there is a subscription to fail in. */
function checked(options: BanPolicyOptions): ResolvedOptions {
  const resolved = resolveOptions(options);
  new Protection(resolved, new Reporter({}));
  if (resolved.increment !== undefined) new BanTimes(resolved.increment, resolved.random);
  return resolved;
}

/** A policy that nobody else holds takes its place in the store with it. */
async function leaveStore(policy: BanPolicy): Promise<void> {
  try {
    await policy.close();
  } catch (error) {
    const reason = `the last changes could not be made durable: ${error}`;
    new Reporter(policy.options).reject('ERR_BAN_POLICY_STORE', reason, error);
  }
}

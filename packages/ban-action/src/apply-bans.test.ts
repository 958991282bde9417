import { type BanEvent, CounterMetrics, type Reject } from '@sluice/pipeline';
import { EMPTY, firstValueFrom, from, lastValueFrom, NEVER, Subject, toArray } from 'rxjs';
import { applyBans } from './apply-bans.ts';
import { BanActionError } from './ban-action-error.ts';
import type { BanOutcome } from './ban-backend.ts';
import { banActionMetrics as metric } from './metrics.ts';
import type { ApplyOptions } from './options.ts';
import { ban, unban } from './testing/events.ts';
import { FakeBackend, type FakeBackendOptions } from './testing/fake-backend.ts';
import { Gate, settled } from './testing/gate.ts';

const bans = (...ids: string[]): BanEvent[] => ids.map((id) => ban(id));

/** A sink over a fake backend, with everything that comes out of it. */
const running = (fake: FakeBackendOptions = {}, options: ApplyOptions = {}) => {
  const backend = new FakeBackend(fake);
  const source = new Subject<BanEvent>();
  const outcomes: BanOutcome[] = [];
  const rejects: Reject[] = [];
  const end = { completed: false, error: undefined as unknown };
  const metrics = new CounterMetrics();
  const subscription = source
    .pipe(applyBans(backend, { rejects: { next: (reject) => rejects.push(reject) }, metrics, ...options }))
    .subscribe({
      next: (outcome) => outcomes.push(outcome),
      error: (error: unknown) => Object.assign(end, { error }),
      complete: () => Object.assign(end, { completed: true }),
    });
  const told = (): string[] => outcomes.map(({ event, ok, error }) => `${event.id} ${ok ? 'ok' : error?.code}`);
  return { backend, source, outcomes, rejects, end, metrics, subscription, told };
};

describe('applyBans', () => {
  test('starts the backend, applies all events in order, and stops it when the source completes', async () => {
    const backend = new FakeBackend({ bad: ['b'] });
    const outcomes = await lastValueFrom(from(bans('a', 'b', 'c')).pipe(applyBans(backend), toArray()));
    expect(backend.calls).toEqual(['start', 'ban:a ban:b ban:c', 'stop']);
    expect(outcomes.map(({ event, ok }) => [event.id, ok])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
    expect(outcomes[1]?.error).toMatchObject({ code: 'ERR_BAN_ACTION_FAILED' });
  });

  test('has one commit under way; what arrives meanwhile makes up the next', async () => {
    const gate = new Gate();
    const { backend, source, told } = running({ onApply: gate.pass });
    await settled();
    source.next(ban('a'));
    for (const event of bans('b', 'c')) source.next(event);
    await settled();
    expect(backend.calls).toEqual(['start', 'ban:a']);
    await gate.open();
    expect(backend.calls).toEqual(['start', 'ban:a', 'ban:b ban:c']);
    expect(told()).toEqual(['a ok']);
    await gate.open();
    expect(told()).toEqual(['a ok', 'b ok', 'c ok']);
  });

  test('applies nothing before the backend has started', async () => {
    const gate = new Gate();
    const { backend, source } = running({ onStart: gate.pass });
    source.next(ban('a'));
    await settled();
    expect(backend.calls).toEqual(['start']);
    await gate.open();
    expect(backend.calls).toEqual(['start', 'ban:a']);
  });

  test('puts no more into a commit than allowed', async () => {
    const gate = new Gate();
    const { backend, source } = running({ onStart: gate.pass }, { maxBatch: 2 });
    for (const event of bans('a', 'b', 'c', 'd', 'e')) source.next(event);
    source.complete();
    await gate.open();
    expect(backend.calls).toEqual(['start', 'ban:a ban:b', 'ban:c ban:d', 'ban:e', 'stop']);
  });

  test('drops what finds the queue full, and says so in three places', async () => {
    const gate = new Gate();
    const { source, told, rejects, metrics } = running({ onStart: gate.pass }, { maxQueued: 2 });
    for (const event of bans('a', 'b', 'c')) source.next(event);
    expect(told()).toEqual(['c ERR_BAN_ACTION_OVERFLOW']);
    expect(rejects).toMatchObject([{ component: 'ban-action', code: 'ERR_BAN_ACTION_OVERFLOW', value: { id: 'c' } }]);
    expect(metrics.get(metric.dropped)).toBe(1);
    await gate.open();
    expect(told().slice(1)).toEqual(['a ok', 'b ok']);
  });

  test('applies what waits before it ends as the source did', async () => {
    const gate = new Gate();
    const { backend, source, end, told } = running({ onStart: gate.pass });
    const fault = new Error('disk');
    source.next(ban('a'));
    source.error(fault);
    await gate.open();
    expect(told()).toEqual(['a ok']);
    expect(backend.calls.at(-1)).toBe('stop');
    expect(end).toEqual({ completed: false, error: fault });
  });

  test('errors when the backend cannot start, lets go of the source, and does not stop what never ran', async () => {
    const fault = new BanActionError('ERR_BAN_ACTION_PERMISSION', 'no');
    const { backend, source, end } = running({ onStart: () => Promise.reject(fault) });
    source.next(ban('a'));
    await settled();
    expect(end.error).toBe(fault);
    expect(source.observed).toBe(false);
    expect(backend.calls).toEqual(['start']);
  });

  test('a backend that throws fails the events of that commit only', async () => {
    let calls = 0;
    const onApply = async (): Promise<void> => {
      calls += 1;
      if (calls === 1) throw new Error('broken');
    };
    const { source, told, outcomes } = running({ onApply });
    await settled();
    source.next(ban('a'));
    await settled();
    source.next(ban('b'));
    await settled();
    expect(told()).toEqual(['a ERR_BAN_ACTION_BACKEND', 'b ok']);
    expect(outcomes[0]?.error?.message).toBe('fake threw: broken');
  });

  test('on abort ends the command under way, gives up what waits, stops the backend and completes', async () => {
    const gate = new Gate();
    const abort = new AbortController();
    const { backend, source, end, told } = running({ onApply: gate.pass }, { signal: abort.signal });
    await settled();
    for (const event of bans('a', 'b', 'c')) source.next(event);
    abort.abort();
    expect(backend.signal?.aborted).toBe(true);
    expect(source.observed).toBe(false);
    await gate.open();
    expect(told()).toEqual(['a ok', 'b ERR_BAN_ACTION_ABORTED', 'c ERR_BAN_ACTION_ABORTED']);
    expect(backend.calls).toEqual(['start', 'ban:a', 'stop']);
    expect(end.completed).toBe(true);
  });

  test('on abort while it starts, stops what has started', async () => {
    const gate = new Gate();
    const abort = new AbortController();
    const { backend, source, end, told } = running({ onStart: gate.pass }, { signal: abort.signal });
    source.next(ban('a'));
    abort.abort();
    await gate.open();
    expect(told()).toEqual(['a ERR_BAN_ACTION_ABORTED']);
    expect(backend.calls).toEqual(['start', 'stop']);
    expect(end.completed).toBe(true);
  });

  test('starts nothing when it was aborted before', async () => {
    const backend = new FakeBackend();
    const outcomes = NEVER.pipe(applyBans(backend, { signal: AbortSignal.abort() }), toArray());
    expect(await firstValueFrom(outcomes)).toEqual([]);
    expect(backend.calls).toEqual([]);
  });

  test('unsubscribing stops the backend once the commit under way is over', async () => {
    const gate = new Gate();
    const { backend, source, subscription, told } = running({ onApply: gate.pass });
    await settled();
    for (const event of bans('a', 'b')) source.next(event);
    subscription.unsubscribe();
    await settled();
    expect(backend.calls).toEqual(['start', 'ban:a']);
    await gate.open();
    expect(backend.calls).toEqual(['start', 'ban:a', 'stop']);
    expect([told(), source.observed]).toEqual([[], false]);
  });

  test('a stop that fails is reported and ends the stream all the same', async () => {
    const { source, end, rejects } = running({ onStop: () => Promise.reject(new Error('stuck')) });
    source.complete();
    await settled();
    expect(end.completed).toBe(true);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_ACTION_BACKEND', reason: expect.stringMatching(/stuck/) }]);
  });

  test('stops the backend once', async () => {
    const { backend, source, subscription } = running();
    source.complete();
    await settled();
    subscription.unsubscribe();
    await settled();
    expect(backend.calls).toEqual(['start', 'stop']);
  });

  describe('with bans that are to stand', () => {
    const standing = [ban('a', 600_000, { restored: true }), ban('b', 600_000, { restored: true })];

    test('makes them stand in one go before the first event, with an outcome for each', async () => {
      const gate = new Gate();
      const { backend, source, told, metrics } = running({ onReconcile: gate.pass, bad: ['b'] }, { standing });
      source.next(ban('c'));
      await settled();
      expect(backend.calls).toEqual(['start', 'reconcile a b']);
      await gate.open();
      expect(backend.calls).toEqual(['start', 'reconcile a b', 'ban:c']);
      expect(told()).toEqual(['a ok', 'b ERR_BAN_ACTION_FAILED', 'c ok']);
      expect(metrics.snapshot()).toEqual({ [metric.applied]: 2, [metric.failed]: 1, [metric.commits]: 2 });
    });

    test('lets in who stands when none is to', async () => {
      const { backend } = running({}, { standing: [] });
      await settled();
      expect(backend.calls).toEqual(['start', 'reconcile ']);
    });

    test('goes on when that fails, and says so in the outcomes, or in rejects where there is none', async () => {
      const onReconcile = () => Promise.reject(new Error('stuck'));
      const some = running({ onReconcile }, { standing });
      const none = running({ onReconcile }, { standing: [] });
      await settled();
      for (const { source } of [some, none]) source.next(ban('c'));
      await settled();
      expect(some.told()).toEqual(['a ERR_BAN_ACTION_BACKEND', 'b ERR_BAN_ACTION_BACKEND', 'c ok']);
      expect(some.rejects).toEqual([]);
      expect(none.told()).toEqual(['c ok']);
      expect(none.rejects).toMatchObject([{ code: 'ERR_BAN_ACTION_BACKEND', reason: expect.stringMatching(/stuck/) }]);
    });

    test('on abort while it starts, says that they do not stand', async () => {
      const gate = new Gate();
      const abort = new AbortController();
      const { backend, told, end } = running({ onStart: gate.pass }, { standing, signal: abort.signal });
      abort.abort();
      await gate.open();
      expect(told()).toEqual(['a ERR_BAN_ACTION_ABORTED', 'b ERR_BAN_ACTION_ABORTED']);
      expect([backend.calls, end.completed]).toEqual([['start', 'stop'], true]);
    });
  });

  test('counts what is in effect and what is not', async () => {
    const { source, metrics } = running({ bad: ['b'] });
    for (const event of [...bans('a', 'b'), unban('c')]) source.next(event);
    await settled();
    expect(metrics.snapshot()).toEqual({ [metric.applied]: 2, [metric.failed]: 1, [metric.commits]: 1 });
  });

  test('an option that makes no sense is refused where it is given', () => {
    expect(() => EMPTY.pipe(applyBans(new FakeBackend(), { maxBatch: 0 }))).toThrow(
      expect.objectContaining({
        code: 'ERR_BAN_ACTION_OPTION',
        message: 'maxBatch: expected an integer of at least 1, not 0 (number)',
      }),
    );
  });
});

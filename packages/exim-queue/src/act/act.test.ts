import { CounterMetrics } from '@sluice/pipeline';
import {
  concat,
  firstValueFrom,
  from,
  lastValueFrom,
  NEVER,
  type OperatorFunction,
  of,
  Subject,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { EximQueueError } from '../exim-queue-error.ts';
import { metricNames } from '../metrics.ts';
import type { OpenOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';
import { addRecipients } from './add-recipients.ts';
import { bounce } from './bounce.ts';
import { deliver } from './deliver.ts';
import { editSender } from './edit-sender.ts';
import { freeze } from './freeze.ts';
import { markDelivered } from './mark-delivered.ts';
import { move } from './move.ts';
import { remove } from './remove.ts';
import { type FakeExim, fakeExim } from './testing/fake-exim.ts';
import { thaw } from './thaw.ts';

const folder = tempFolder();
const queueOf = ({ place }: FakeExim, options: OpenOptions = {}): ActingQueue => ({
  place: async () => place,
  options,
});

describe('act', () => {
  test('gives each message of an Observable one outcome', async () => {
    const fake = fakeExim(folder(), ['does', 'locked', 'unknown']);
    const outcomes = await lastValueFrom(
      from([...fake.ids, 'x']).pipe(remove(queueOf(fake), { lockedRetries: 0 }), toArray()),
    );
    const results = new Map(outcomes.map(({ id, result }) => [id, result]));
    expect([...fake.ids, 'x'].map((id) => results.get(id))).toEqual(['done', 'locked', 'failed', 'failed']);
  });

  test('runs nothing before it is subscribed to, and anew for each subscription', async () => {
    const fake = fakeExim(folder(), ['lies']);
    const outcomes = from(fake.ids).pipe(remove(queueOf(fake)));
    expect(fake.calls()).toEqual([]);
    await lastValueFrom(outcomes);
    await lastValueFrom(outcomes);
    expect(fake.calls()).toHaveLength(2);
  });

  test.each<[string, (queue: ActingQueue) => OperatorFunction<ActionTarget, ActionOutcome>, readonly string[]]>([
    ['remove', (queue) => remove(queue), ['-Mrm', 'ID']],
    ['freeze', (queue) => freeze(queue), ['-Mf', 'ID']],
    ['thaw', (queue) => thaw(queue), ['-Mt', 'ID']],
    ['deliver', (queue) => deliver(queue), ['-v', '-M', 'ID']],
    ['bounce', (queue) => bounce(queue), ['-v', '-Mg', 'ID']],
    ['markDelivered', (queue) => markDelivered(queue, ['b@y.test']), ['-Mmd', 'ID', 'b@y.test']],
    ['markDelivered', (queue) => markDelivered(queue, 'all'), ['-Mmad', 'ID']],
    ['editSender', (queue) => editSender(queue, ''), ['-Mes', 'ID', '<>']],
    ['addRecipients', (queue) => addRecipients(queue, ['n@y.test']), ['-Mar', 'ID', 'n@y.test']],
    ['move', (queue) => move(queue, 'parked'), ['-MG', 'parked', 'ID']],
  ])('%s is its action', async (kind, operator, call) => {
    const fake = fakeExim(folder(), ['refuses']);
    const outcome = await lastValueFrom(from(fake.ids).pipe(operator(queueOf(fake))));
    expect(outcome.action).toBe(kind);
    expect(fake.calls()).toEqual([call.map((word) => (word === 'ID' ? fake.ids[0] : word))]);
  });

  test('fails with its source, after the outcomes of what had come', async () => {
    const fake = fakeExim(folder(), ['does']);
    const seen: ActionOutcome[] = [];
    const failing = concat(
      from(fake.ids),
      throwError(() => new Error('no more')),
    );
    const end = lastValueFrom(
      failing.pipe(
        act(queueOf(fake), { kind: 'remove' }),
        tap((outcome) => seen.push(outcome)),
      ),
    );
    await expect(end).rejects.toThrow('no more');
    expect(seen).toMatchObject([{ result: 'done' }]);
  });

  test('fails with a queue that cannot be found, before anything is done', async () => {
    const error = new EximQueueError('ERR_EXIM_QUEUE_NO_SPOOL', 'there is none');
    const queue: ActingQueue = { place: () => Promise.reject(error), options: {} };
    await expect(lastValueFrom(of('x').pipe(remove(queue)))).rejects.toBe(error);
  });

  test('counts where the queue counts, unless told otherwise', async () => {
    const fake = fakeExim(folder(), ['does']);
    const [metrics, own] = [new CounterMetrics(), new CounterMetrics()];
    await lastValueFrom(from(fake.ids).pipe(remove(queueOf(fake, { metrics }))));
    await lastValueFrom(from(fake.ids).pipe(remove(queueOf(fake, { metrics }), { metrics: own })));
    expect([metrics, own].map((one) => one.get(metricNames.acted))).toEqual([1, 1]);
  });

  test('completes on the abort of the queue, and tells what was not begun', async () => {
    const fake = fakeExim(folder(), ['does', 'does']);
    const abort = new AbortController();
    const messages = concat(from(fake.ids), NEVER);
    const options = { batchWaitMs: 60_000 };
    const end = lastValueFrom(messages.pipe(remove(queueOf(fake, { signal: abort.signal }), options), toArray()));
    abort.abort();
    expect((await end).map(({ result }) => result)).toEqual(['skipped', 'skipped']);
    expect(fake.calls()).toEqual([]);
  });

  test('tells of what comes at the very moment of the abort', async () => {
    const fake = fakeExim(folder(), ['does', 'does', 'does']);
    const [first = '', second = '', third = ''] = fake.ids;
    const abort = new AbortController();
    const metrics = new CounterMetrics();
    const messages = new Subject<string>();
    const seen: ActionOutcome[] = [];
    const end = lastValueFrom(
      messages.pipe(
        remove(queueOf(fake, { signal: abort.signal, metrics }), { batchWaitMs: 0 }),
        tap((outcome) => seen.push(outcome)),
      ),
    );
    messages.next(first);
    await until(() => seen.length === 1);
    messages.next(second);
    abort.abort();
    messages.next(third);
    await end;
    expect(seen.map(({ id, result }) => [id, result])).toEqual([
      [first, 'done'],
      [second, 'skipped'],
      [third, 'skipped'],
    ]);
    expect(metrics.get(metricNames.acted)).toBe(3);
  });

  test('leaves its source when it is left', async () => {
    const fake = fakeExim(folder(), ['lies']);
    const messages = new Subject<string>();
    const first = firstValueFrom(messages.pipe(remove(queueOf(fake), { batchWaitMs: 0 })));
    for (const id of fake.ids) messages.next(id);
    await first;
    await until(() => !messages.observed);
  });

  test('refuses a bad action and bad options at the call', () => {
    const queue = queueOf(fakeExim(folder(), []));
    expect(() => addRecipients(queue, ['-oMr'])).toThrow(/recipients\[0\] must be an address/);
    expect(() => remove(queue, { concurrency: 0 })).toThrow('concurrency must be an integer from 1 to 32, not 0');
  });
});

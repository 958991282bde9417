import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { metricNames } from './metrics.ts';
import { Reports } from './reports.ts';

test('a reject is counted and told, a flaw is only told', () => {
  const metrics = new CounterMetrics();
  const rejects = ringRejects(10);
  const reports = new Reports({ metrics, rejects });
  reports.reject('ERR_EXIM_QUEUE_DAMAGED', 'short', { path: '/sp/x-H', value: 'x' });
  reports.flaw('ERR_EXIM_QUEUE_WATCH', 'no watch', { path: '/sp/input' });
  expect(metrics.snapshot()).toEqual({ [metricNames.rejected]: 1 });
  expect(rejects.last).toEqual([
    { component: 'exim-queue', code: 'ERR_EXIM_QUEUE_DAMAGED', reason: 'short', path: '/sp/x-H', value: 'x' },
    { component: 'exim-queue', code: 'ERR_EXIM_QUEUE_WATCH', reason: 'no watch', path: '/sp/input' },
  ]);
});

test('a reason is one line without control characters, and a value has a bound', () => {
  const rejects = ringRejects(1);
  new Reports({ rejects }).flaw('ERR_EXIM_QUEUE_OUTPUT', 'a\nb\u001b[31mc\r', { value: 'x'.repeat(5000) });
  expect(rejects.last).toMatchObject([{ reason: 'a b [31mc', value: 'x'.repeat(1000) }]);
});

test('what is no sink, no counter or no clock is refused', () => {
  for (const wrong of [{ rejects: 1 }, { metrics: {} }, { clock: { now: () => 0 } }]) {
    expect(() => new Reports(wrong as never)).toThrow(expect.objectContaining({ code: 'ERR_EXIM_QUEUE_OPTION' }));
  }
});

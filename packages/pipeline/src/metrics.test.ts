import { CounterMetrics } from './metrics.ts';

test('CounterMetrics adds up by name and starts at 0', () => {
  const metrics = new CounterMetrics();
  metrics.add('log_source_read_bytes_total', 10);
  metrics.add('log_source_read_bytes_total', 5);
  expect(metrics.get('log_source_read_bytes_total')).toBe(15);
  expect(metrics.get('never')).toBe(0);
  expect(metrics.snapshot()).toEqual({ log_source_read_bytes_total: 15 });
});

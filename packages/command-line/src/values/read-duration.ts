import { ValueFault } from './value-fault.ts';

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of `5m`, `90s`, `1h30m`, `2d`, or `0`. A number without its unit is refused. */
export function readDuration(text: string): number {
  if (text === '0') return 0;
  if (!/^(?:\d{1,9}[smhdw])+$/.test(text)) throw new ValueFault('a length of time like 5m, 90s or 1h30m', text);
  return [...text.matchAll(/(\d+)(\w)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0),
    0,
  );
}

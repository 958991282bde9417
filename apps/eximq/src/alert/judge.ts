import type { Finding } from './finding.ts';
import type { Limit } from './read-limit.ts';

/**
 * A value against its limit, which is fine to reach.
 *
 * @param show the value and the bounds, for people
 */
export function judge(
  rule: Finding['rule'],
  value: number,
  { warn, crit }: Limit,
  show: (value: number) => string,
  unit: Finding['unit'] = '',
  note: string = '',
): Finding {
  const level = value > crit ? 'critical' : warn !== undefined && value > warn ? 'warning' : 'ok';
  const bound = level === 'critical' ? crit : (warn ?? crit);
  const text = `${show(value)}${note}, ${level === 'ok' ? 'at most' : 'more than'} ${show(bound)}`;
  return { rule, level, value, unit, ...(warn !== undefined && { warn }), crit, text };
}

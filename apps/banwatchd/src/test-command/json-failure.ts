import type { FailData, LineReport, ReportHit } from '@sluice/fail2ban-filter';

const inner = /^(?:matches|nofail.*|mlf(?!id).*|skiplines\d+|content|users)$/;

/** Groups that took part, save the filter's own affairs. */
function groupsOf(data: FailData): Record<string, string> {
  const groups: Record<string, string> = Object.create(null);
  for (const [name, value] of data) if (typeof value === 'string' && !inner.test(name)) groups[name] = value;
  return groups;
}

/** A failure as one line of JSON: `id`, `time` (ISO 8601, null for none), `pattern` (from 1), `groups`, `line`. */
export function jsonFailure({ id, timeMs, pattern, data }: ReportHit, { text }: LineReport): string {
  const time = timeMs === undefined ? null : new Date(timeMs).toISOString();
  return JSON.stringify({ id, time, pattern: pattern + 1, groups: groupsOf(data), line: text });
}

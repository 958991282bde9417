import type { AlertLevel, Finding } from './finding.ts';

/** Exit status of a plugin by what it found. */
export const nagiosStatus: Readonly<Record<AlertLevel, number>> = { ok: 0, warning: 1, critical: 2 };

/** The `|` begins the numbers, so that no text may have one. */
const plain = (text: string): string => text.replaceAll('|', '/');

/** The worst of the levels. */
export const worstOf = (findings: readonly Finding[]): AlertLevel =>
  findings.some(({ level }) => level === 'critical')
    ? 'critical'
    : findings.some(({ level }) => level === 'warning')
      ? 'warning'
      : 'ok';

/** The one line of a Nagios plugin, with its numbers. */
export function nagiosLine(findings: readonly Finding[]): string {
  const worst = worstOf(findings);
  const told = findings.filter(({ level }) => worst === 'ok' || level !== 'ok');
  const text = told.map(({ rule, text }) => `${rule}: ${plain(text)}`).join('; ');
  const numbers = findings.map(
    ({ rule, value, unit, warn, crit }) => `${rule}=${value}${unit};${warn ?? ''};${crit};0`,
  );
  return `EXIMQ ${worst.toUpperCase()} - ${text} | ${numbers.join(' ')}\n`;
}

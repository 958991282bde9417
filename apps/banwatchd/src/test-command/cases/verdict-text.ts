import type { CaseOutcome, Verdict } from './case-judge.ts';

const isoTime = (timeMs: number): string => new Date(timeMs).toISOString().replace('.000Z', 'Z');

function outcomeText({ match, host, timeMs }: CaseOutcome): string {
  if (!match) return 'no failure';
  const who = host === undefined ? '' : ` of ${host}`;
  return `a failure${who}${timeMs === undefined ? '' : ` at ${isoTime(timeMs)}`}`;
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

/** A case that failed, in one line. */
export function verdictText({ id, expected, came, reason }: Verdict): string {
  const parts = [
    expected && `expected ${outcomeText(expected)}`,
    came && `came ${outcomeText(came)}`,
    reason && oneLine(reason),
  ];
  return `${id}: ${parts.filter(Boolean).join('; ')}`;
}

const outcomeJson = ({ match, host, timeMs }: CaseOutcome): object => ({
  match,
  host: host ?? null,
  time: timeMs === undefined ? null : isoTime(timeMs),
});

/** The same as JSON. */
export const verdictJson = ({ id, passed, expected, came, reason }: Verdict): string =>
  JSON.stringify({
    id,
    passed,
    expected: expected === undefined ? null : outcomeJson(expected),
    came: came === undefined ? null : outcomeJson(came),
    ...(reason !== undefined && { reason: oneLine(reason) }),
  });

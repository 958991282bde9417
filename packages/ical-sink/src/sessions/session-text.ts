/** An activity as its session's text lists it. */
export interface Member {
  readonly uid: string;
  readonly timeMs: number;
  readonly tzMinutes: number | undefined;
  readonly title: string;
}

/** A session's text: each activity's time on its author's clock and its title, a line for each new day, what is not listed. */
export function sessionText(members: readonly Member[], count: number): string {
  const lines: string[] = [];
  let day: string | undefined;
  for (const { timeMs, tzMinutes, title } of members) {
    const clock = isoTime(timeMs, tzMinutes);
    const date = clock.slice(0, 10);
    if (day !== undefined && date !== day) lines.push(date);
    day = date;
    lines.push(`${clock.slice(11, 16)}${tzMinutes === undefined ? 'Z' : ''} ${title}`);
  }
  if (count > members.length) lines.push(`… and ${count - members.length} more`);
  return lines.join('\n');
}

/** A zone may be any number that a repository claims; what gives no date is shown in UTC. */
function isoTime(timeMs: number, tzMinutes: number | undefined): string {
  const local = new Date(timeMs + (tzMinutes ?? 0) * 60_000);
  const date = Number.isNaN(local.getTime()) ? new Date(timeMs) : local;
  const text = date.toISOString();
  // Years beyond four digits are written with a sign and six.
  return text.length > 24 ? text.slice(3) : text;
}

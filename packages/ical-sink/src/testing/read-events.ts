/** Properties of an event by name, as they stand: unfolded, not unescaped. */
export type EventProperties = ReadonlyMap<string, string>;

/** The events of a calendar, read by the book: unfold, then split each line at its first colon. */
export function readEvents(calendar: Uint8Array | string): EventProperties[] {
  const events: Map<string, string>[] = [];
  const unfolded = Buffer.from(calendar).toString().replaceAll('\r\n ', '');
  for (const line of unfolded.split('\r\n')) {
    if (line === 'BEGIN:VEVENT') events.push(new Map());
    const colon = line.indexOf(':');
    events.at(-1)?.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return events;
}

/** Uids and titles of a calendar's events, in their order. */
export const uidsAndTitles = (calendar: Uint8Array | string): string[] =>
  readEvents(calendar).map((event) => `${event.get('UID')} ${event.get('SUMMARY')}`);

import { unescapeText } from '../calendar/unescape-text.ts';

/** What of an event is compared. DTSTAMP is not: servers may set it anew. */
const compared = new Set(['SUMMARY', 'DESCRIPTION', 'DTSTART', 'DTEND', 'CATEGORIES', 'URL', 'TRANSP', 'PRIORITY']);

/** What an event says, whoever wrote it down: order, folds, case of names and foreign properties make no difference. */
export interface StoredEvent {
  readonly uid: string;
  readonly sequence: number;
  /** Equal for events that say the same. */
  readonly content: string;
}

/**
 * Reads the first VEVENT of a calendar object that is no exception of a recurring one; what stands in components inside
 * it, as alarms do, is not looked at. Undefined when there is none.
 */
export function storedEvent(text: string): StoredEvent | undefined {
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  let properties: Map<string, string> | undefined;
  let depth = 0;
  for (const line of lines) {
    const match = /^([A-Za-z0-9-]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)$/s.exec(line);
    if (match === null) continue;
    const name = (match[1] as string).toUpperCase();
    const value = match[3] as string;
    if (name === 'BEGIN') {
      if (depth > 0) depth += 1;
      else if (value.toUpperCase() === 'VEVENT') {
        depth = 1;
        properties = new Map();
      }
    } else if (name === 'END' && depth > 0) {
      depth -= 1;
      if (depth === 0 && properties?.has('RECURRENCE-ID') === false) return eventOf(properties);
    } else if (depth === 1 && properties !== undefined) {
      const before = properties.get(name);
      // Categories may be in one line or in several.
      properties.set(name, before === undefined ? value : `${before},${value}`);
    }
  }
  return undefined;
}

function eventOf(properties: ReadonlyMap<string, string>): StoredEvent {
  const said = [...properties]
    .filter(([name]) => compared.has(name))
    .map(([name, value]) => `${name}:${name === 'CATEGORIES' ? value : unescapeText(value).trim()}`);
  const sequence = Number(properties.get('SEQUENCE') ?? 0);
  return {
    uid: unescapeText(properties.get('UID') ?? ''),
    sequence: Number.isSafeInteger(sequence) ? sequence : 0,
    content: said.sort().join('\n'),
  };
}

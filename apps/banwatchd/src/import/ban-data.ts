/** What fail2ban keeps with a ban. */
export interface BanData {
  readonly failures: number;
  readonly matches: readonly string[];
  readonly groups: Readonly<Record<string, string>>;
  /** False when it could not be read: fail2ban then takes it for empty, too. */
  readonly isReadable: boolean;
}

/** Bounds of what is taken over of one ban. */
const maxGroups = 64;
const maxLineChars = 2048;

const nothing: BanData = { failures: 0, matches: [], groups: {}, isReadable: true };

/** Reads the column `data`: JSON in UTF-8, or nothing. */
export function readBanData(column: unknown): BanData {
  if (column === null || column === undefined) return nothing;
  try {
    const text = typeof column === 'string' ? column : new TextDecoder().decode(column as Uint8Array);
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null) return { ...nothing, isReadable: false };
    const { matches, failures, ...groups } = data as Record<string, unknown>;
    return {
      failures: typeof failures === 'number' && failures >= 0 ? Math.floor(failures) : 0,
      matches: Array.isArray(matches) ? matches.map(lineOf).filter((line) => line !== '') : [],
      groups: groupsOf(groups),
      isReadable: true,
    };
  } catch {
    return { ...nothing, isReadable: false };
  }
}

/** A line is a text, or what stood before its date, the date, and what stood behind. */
function lineOf(match: unknown): string {
  const text = Array.isArray(match) ? match.filter((part) => typeof part === 'string').join('') : match;
  return typeof text === 'string' ? text.slice(0, maxLineChars) : '';
}

function groupsOf(data: Record<string, unknown>): Record<string, string> {
  const groups = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(data).slice(0, maxGroups))
    if (/^[a-z]\w*$/i.test(name) && typeof value === 'string') groups[name] = value.slice(0, maxLineChars);
  return groups;
}

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

/**
 * Milliseconds since the epoch of `2020-01-02T03:04:05.000000Z`, which is how Subversion writes a date; undefined for
 * anything else, as for a day that no calendar has.
 */
export function parseDate(text: string): number | undefined {
  const fields = form.exec(text);
  if (fields === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields.slice(1, 7).map(Number);
  const isTime = hour < 24 && minute < 60 && second < 60;
  // Date.UTC takes years below 100 for ones of the twentieth century.
  if (!isTime || year < 100 || month < 1 || month > 12 || day < 1) return undefined;
  const milliseconds = Number((fields[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const timeMs = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  return day <= 28 || new Date(timeMs).getUTCDate() === day ? timeMs : undefined;
}

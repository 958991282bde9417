const [lf, cr, tab] = [0x0a, 0x0d, 0x09];
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * What is wrong with a calendar, octet by octet (RFC 5545, 3.1 and 3.6): lines over 75 octets, lines that are not valid UTF-8 by
 * themselves, bare CR or LF, control characters, an event without exactly one UID, DTSTAMP and DTSTART, a METHOD.
 */
export function calendarFaults(calendar: Uint8Array | string): string[] {
  const bytes = Buffer.from(calendar);
  const faults: string[] = [];
  const lines: string[] = [];
  if (!bytes.subarray(-2).equals(Buffer.from('\r\n'))) faults.push('does not end in CR LF');
  let start = 0;
  for (let end = bytes.indexOf('\r\n'); end >= 0; end = bytes.indexOf('\r\n', start)) {
    const line = bytes.subarray(start, end);
    const number = lines.length + 1;
    if (line.length > 75) faults.push(`line ${number}: ${line.length} octets`);
    if (line.some((octet) => octet === lf || octet === cr)) faults.push(`line ${number}: a bare line break`);
    if (line.some((octet) => (octet < 32 && octet !== tab) || octet === 127)) faults.push(`line ${number}: a control`);
    try {
      lines.push(utf8.decode(line));
    } catch {
      faults.push(`line ${number}: not UTF-8 by itself`);
      lines.push('');
    }
    start = end + 2;
  }
  return [...faults, ...eventFaults(lines)];
}

function eventFaults(lines: readonly string[]): string[] {
  const faults: string[] = [];
  let names: string[] | undefined;
  for (const [i, line] of lines.entries()) {
    const name = /^[A-Z-]+/.exec(line)?.[0] ?? '';
    if (name === '' && !line.startsWith(' ')) faults.push(`line ${i + 1}: neither a property nor a fold`);
    if (name === 'METHOD') faults.push(`line ${i + 1}: a METHOD`);
    if (line === 'BEGIN:VEVENT') names = [];
    names?.push(name);
    if (line !== 'END:VEVENT') continue;
    for (const needed of ['UID', 'DTSTAMP', 'DTSTART', 'SUMMARY']) {
      if (names?.filter((one) => one === needed).length !== 1)
        faults.push(`line ${i + 1}: an event without one ${needed}`);
    }
    names = undefined;
  }
  if (lines[0] !== 'BEGIN:VCALENDAR' || lines.at(-1) !== 'END:VCALENDAR') faults.push('not one whole calendar');
  return faults;
}

/** The filter of 2010 that this project began with, verbatim. */
export const e107FailRegex: readonly string[] = String.raw`
<HOST>\s-\s-\s.*\s"(GET|POST).*\/(help_us|contact|config|avd_start|\*)\.php
<HOST>\s-\s-\s.*(Casper|b3b4s|dex|Dex|kmccrew|plaNETWORK|sasqia|sledink|indocom) Bot Search
<HOST>\s-\s-\s.*MaMa CaSpEr
<HOST>\s-\s-\s.*rk q kangen
<HOST>\s-\s-\s.*Mozilla\/4\.76 \[ru\] \(X11; U; SunOS 5\.7 sun4u\)
<HOST>\s-\s-\s.*perl post`
  .trim()
  .split('\n');

/** Parts of an access log's line, each with a harmless default. */
export interface AccessLine {
  readonly host?: string;
  readonly user?: string;
  readonly date?: string;
  readonly request?: string;
  readonly referer?: string;
  readonly agent?: string;
}

/** Time of {@link accessLine}'s default date, in milliseconds. */
export const accessTimeMs: number = Date.UTC(2026, 10, 23, 16, 5, 37);

/** A line of Apache's combined log. */
export function accessLine(parts: AccessLine): string {
  const {
    host = '6.6.6.6',
    user = '-',
    date = '23/Nov/2026:17:05:37 +0100',
    request = 'GET / HTTP/1.1',
    referer = '-',
    agent = 'Mozilla/5.0',
  } = parts;
  return `${host} - ${user} [${date}] "${request}" 200 512 "${referer}" "${agent}"`;
}

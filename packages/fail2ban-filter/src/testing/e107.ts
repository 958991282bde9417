import { fileURLToPath } from 'node:url';
import type { FilterConfig } from '@sluice/fail2ban-config';
import { loadFilterConfig } from '@sluice/fail2ban-config/loader';

const configDir = fileURLToPath(new URL('../../../../examples/fail2ban', import.meta.url));

/** The filter of 2010 that this project began with, as it stands in the examples. */
export const e107Filter: FilterConfig = loadFilterConfig('apache-e107ddos', { configDir });

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

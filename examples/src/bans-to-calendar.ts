// The bans that a log leads to, as a calendar: who was banned when, for how long and why. Nobody is really banned.
//
//   node examples/dist/bans-to-calendar.js bans.ics /var/log/apache2/access.log.1 /var/log/apache2/access.log
//
// Run it again, over a longer log too: the calendar is brought up to date, and no ban is in it twice.
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { decideBans, toActivities } from '@sluice/ban-policy';
import { loadFilter } from '@sluice/fail2ban-filter/loader';
import { matchFilter } from '@sluice/fail2ban-filter/rx';
import { toCalendarFile } from '@sluice/ical-sink';
import { readFiles } from '@sluice/log-source';

const configDir = fileURLToPath(new URL('../fail2ban', import.meta.url));
const jail = 'apache-e107ddos';
const [calendar = 'bans.ics', ...logs] = process.argv.slice(2);

readFiles(logs)
  .pipe(
    matchFilter(loadFilter(jail, { configDir })), // Chunk → Failure
    decideBans({ jail, maxRetry: 1, banTimeMs: 600_000, clock: 'event' }), // Failure → Ban, AlreadyBanned, Unban
    toActivities({ host: hostname() }), // → Activity, from ban to unban
    toCalendarFile(calendar, { mode: 'upsert', name: `Bans of ${hostname()}` }),
  )
  .subscribe({
    next: ({ added, replaced, kept }) =>
      console.log(`${calendar}: ${added} new, ${replaced} changed, ${kept} as before`),
    error: ({ message }) => {
      console.error(message);
      process.exitCode = 2;
    },
  });

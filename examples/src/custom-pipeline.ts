// A pipeline of your own: logs are followed, failures found, bans decided, and nothing changed on this machine.
//
//   node examples/dist/custom-pipeline.js '/var/log/apache2/*access.log'
//
// Ctrl-C ends it. Take `dryRun(…)` away, and run it as root, to really ban.
import { fileURLToPath } from 'node:url';
import { applyBans, dryRun, netfilter } from '@sluice/ban-action';
import { decideBans } from '@sluice/ban-policy';
import { loadFilter } from '@sluice/fail2ban-filter/loader';
import { matchFilter } from '@sluice/fail2ban-filter/rx';
import { followFiles } from '@sluice/log-source';

const configDir = fileURLToPath(new URL('../fail2ban', import.meta.url));
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

followFiles(process.argv.slice(2), { start: 'beginning', signal: stop.signal })
  .pipe(
    matchFilter(loadFilter('apache-e107ddos', { configDir })), // Chunk → Failure
    decideBans({ maxRetry: 1, findTimeMs: 600_000, banTimeMs: 600_000, ignore: ['10.0.0.0/8'] }), // Failure → Ban, Unban
    applyBans(dryRun(netfilter({ table: 'sluice' }), { write: console.log })), // Ban → outcome
  )
  .subscribe(({ event }) => console.log(event.kind, event.id));

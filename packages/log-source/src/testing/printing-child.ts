// Follows a glob as the user it is started as, and writes lines and reject codes. Usage: <glob>
import { followFiles } from '../follow-source.ts';

const [glob = ''] = process.argv.slice(2);
followFiles(glob, {
  start: 'beginning',
  pollIntervalMs: 10,
  sweepIntervalMs: 100,
  rejects: { next: ({ code, reason }) => console.log(`${code} ${reason}`) },
}).subscribe(({ bytes }) => process.stdout.write(bytes));

// Watches a spool until all of it is known and prints the most memory that took, in MB: a process of its own.
import { openQueue } from '@sluice/exim-queue';
import { firstValueFrom } from 'rxjs';
import { filter } from 'rxjs/operators';

const ready = openQueue({ spool: process.argv[2] ?? '' })
  .watch({ initial: false })
  .pipe(filter(({ kind }) => kind === 'ready'));
await firstValueFrom(ready);
console.log((process.resourceUsage().maxRSS * 1024) / 1e6);

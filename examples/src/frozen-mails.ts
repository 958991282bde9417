// Which mails of an Exim queue are frozen and older than a day, and what removing them would come to.
//
//   node examples/dist/frozen-mails.js                         the queue of this machine
//   node examples/dist/frozen-mails.js /mnt/backup/spool       any spool; no Exim is needed to look
//
// Nothing is removed: take `dryRun` away for that.
import { openQueue, remove } from '@sluice/exim-queue';
import { tap } from 'rxjs';

const [spool] = process.argv.slice(2);
const where = { frozen: true, olderThanMs: 86_400_000 };
const queue = openQueue(spool === undefined ? {} : { spool });

queue
  .list({ where, order: 'none' })
  .pipe(
    tap(({ id, sender, recipients }) => console.log(`${id} <${sender}> → ${recipients[0]?.address ?? 'nobody'}`)),
    remove(queue, { recheck: where, dryRun: true }), // QueueEntry → ActionOutcome
  )
  .subscribe({
    next: ({ id, result, detail }) => console.log(`${id} ${result}: ${detail}`),
    error: ({ message }) => {
      console.error(message);
      process.exitCode = 2;
    },
  });

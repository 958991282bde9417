// Freezes messages of a spool one by one as Exim does, by a new -H that takes the old one's name, and pauses after each:
//   node freeze-by-turns.mjs PAUSE_MS FILE-H…
// A process of its own, so that its work does not count as the watcher's. Run again it thaws them.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [pauseMs, ...files] = process.argv.slice(2);
for (const file of files) {
  const text = readFileSync(file, 'latin1');
  const changed = text.includes('\n-frozen ')
    ? text.replace(/\n-frozen \d+/, '')
    : text.replace('\n-received_time_usec', '\n-frozen 1795000000\n-received_time_usec');
  const temporary = path.join(path.dirname(file), `hdr.${path.basename(file).slice(0, -2)}`);
  writeFileSync(temporary, changed, 'latin1');
  renameSync(temporary, file);
  await sleep(Number(pauseMs));
}

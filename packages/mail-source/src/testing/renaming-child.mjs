// Renames the mails of a Maildir for as long as it runs, as clients do: flags come and go, mails go from new to cur.
// Usage: <directory>. Writes a line when each mail was renamed once.
import { readdirSync, renameSync } from 'node:fs';
import path from 'node:path';

const [directory = ''] = process.argv.slice(2);
const mails = ['new', 'cur'].flatMap((half) =>
  readdirSync(path.join(directory, half)).map((name) => `${half}/${name}`),
);
const flags = ['', 'S', 'RS', 'FS', 'FRS'];
for (let round = 0; ; round += 1) {
  for (const [index, place] of mails.entries()) {
    const unique = path.basename(place).split(':')[0];
    const next = `cur/${unique}:2,${flags[(round + index) % flags.length]}`;
    renameSync(path.join(directory, place), path.join(directory, next));
    mails[index] = next;
  }
  if (round === 0) console.log('renamed');
}

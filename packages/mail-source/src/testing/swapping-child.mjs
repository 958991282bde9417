// Exchanges the cur of a Maildir and a symbolic link to another's for each other for as long as it runs, and some mails
// for links to one of the other's. Usage: <directory> <other>
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';

const [directory = '', other = ''] = process.argv.slice(2);
const cur = path.join(directory, 'cur');
const kept = path.join(directory, 'kept');
for (let round = 0; ; round += 1) {
  const mail = path.join(cur, `${1000 + (round % 50)}`);
  renameSync(mail, `${mail}.kept`);
  symlinkSync(path.join(other, 'cur/1000'), mail);
  unlinkSync(mail);
  renameSync(`${mail}.kept`, mail);
  renameSync(cur, kept);
  symlinkSync(path.join(other, 'cur'), cur);
  unlinkSync(cur);
  renameSync(kept, cur);
  if (round === 0) console.log('swapped');
}

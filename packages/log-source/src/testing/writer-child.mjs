// Appends numbered lines to a log in pieces that tear them, until it is told to stop; SIGHUP reopens the log.
// Usage: <log> <prefix>; prints how many lines it wrote.
import { closeSync, openSync, writeSync } from 'node:fs';

const [log, prefix] = process.argv.slice(2);
let fd = openSync(log, 'a');
let count = 0;
let isStopped = false;
process.on('SIGHUP', () => {
  closeSync(fd);
  fd = openSync(log, 'a');
});
process.stdin.on('end', () => {
  isStopped = true;
});
process.stdin.resume();
console.log('ready');

function write() {
  if (isStopped) {
    console.log(count);
    process.exit();
  }
  for (let round = 0; round < 20; round += 1) {
    const line = `${prefix} ${count} ${'.'.repeat(count % 97)}\n`;
    const cut = (count * 7) % line.length;
    writeSync(fd, line.slice(0, cut));
    writeSync(fd, line.slice(cut));
    count += 1;
  }
  setTimeout(write, 2);
}
write();

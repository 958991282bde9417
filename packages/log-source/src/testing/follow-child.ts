// Follows a glob and writes one JSON line per line of the log: [id, offset, text]. Usage: <glob> <checkpoint> <out>
import { openSync, writeSync } from 'node:fs';
import { fileCheckpoint } from '../checkpoint/file-checkpoint.ts';
import { followFiles } from '../follow-source.ts';

const [glob = '', checkpoint = '', out = ''] = process.argv.slice(2);
const sink = openSync(out, 'a');
followFiles(glob, {
  start: 'beginning',
  checkpoint: fileCheckpoint(checkpoint),
  checkpointIntervalMs: 10,
  pollIntervalMs: 10,
  sweepIntervalMs: 100,
  rotateWaitMs: 100,
  rejects: { next: ({ code, reason }) => console.error(code, reason) },
}).subscribe(({ source, offset, bytes }) => {
  const text = Buffer.from(bytes).toString();
  let at = offset;
  const rows = text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const row = JSON.stringify([source.id, at, line]);
      at += Buffer.byteLength(line) + 1;
      return `${row}\n`;
    });
  writeSync(sink, rows.join(''));
});
console.log('ready');

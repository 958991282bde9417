// Reads from each source for a while, stops, and then has nothing left to do. Usage: <folder>
import { appendFileSync } from 'node:fs';
import { take } from 'rxjs';
import { fileCheckpoint } from '../checkpoint/file-checkpoint.ts';
import { followFiles } from '../follow-source.ts';
import { readFiles } from '../read-source.ts';
import { fromStdin } from '../stdin-source.ts';

const [folder = ''] = process.argv.slice(2);
const checkpoint = fileCheckpoint(`${folder}/positions.json`);
const abort = new AbortController();
const options = { start: 'beginning', checkpoint, pollIntervalMs: 5, sweepIntervalMs: 50 } as const;
followFiles([`${folder}/*.log`, `${folder}/nowhere`], { ...options, signal: abort.signal }).subscribe();
const stdin = fromStdin().subscribe();
readFiles(`${folder}/a.log`).pipe(take(1)).subscribe();
setTimeout(() => appendFileSync(`${folder}/a.log`, 'more\n'), 100);
setTimeout(() => {
  abort.abort();
  stdin.unsubscribe();
  console.log('stopped');
}, 300);

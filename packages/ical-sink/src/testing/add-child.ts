// Adds commits to a calendar one by one, each by an upsert of its own. Usage: <file> <from> <to>
import { commit } from './commit.ts';
import { upsert } from './write-file.ts';

const [file = '', from, to] = process.argv.slice(2);
for (let n = Number(from); n < Number(to); n += 1) await upsert(file, [commit(n)], { lockTimeoutMs: 60_000 });

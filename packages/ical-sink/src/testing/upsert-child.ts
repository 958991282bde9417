// Upserts commits into a calendar again and again until it is killed; says so after each. Usage: <file> <mark>

import { commits } from './commit.ts';
import { upsert } from './write-file.ts';

const [file = '', mark = ''] = process.argv.slice(2);
for (let round = 1; ; round += 1) {
  await upsert(file, commits(0, 2000, { title: `${mark} ${round}` }));
  process.stdout.write('.');
}

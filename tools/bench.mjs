// The one door to all benchmarks: `npm run bench -- [PACKAGE...]`, see --help.
import { fileURLToPath } from 'node:url';
import { door } from './bench/door.mjs';
import { makeReady } from './bench/make-ready.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

// Only rows go to standard output: what a bench prints goes where the notes go.
const out = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

/** @param {string} text */
const note = (text) => void process.stderr.write(`${text}\n`);

const exitCode = await door(process.argv.slice(2), {
  root,
  makeReady: (packages, installPeers) => makeReady(root, packages, installPeers, note),
  out: (text) => void out(text),
  note,
});
// A bench that left something open must not keep the door open; the rows have to be out first.
out('', () => process.exit(exitCode));

// Compiles the patterns of a JSON file and prints what that took: `node compile-once.mjs FILE`. How lines are found is planned
// when it is first needed: the empty scan has it done.
import { readFileSync } from 'node:fs';
import { PatternSet } from '@sluice/log-matcher';

const patterns = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const start = performance.now();
const before = process.cpuUsage();
PatternSet.compile(patterns, { finalBreak: true }).scan(new Uint8Array(0), () => {});
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ wallMs: performance.now() - start, cpuMs: (user + system) / 1000 }));

// Compiles the patterns of a JSON file and prints what that took: `node compile-once.mjs FILE`.
import { readFileSync } from 'node:fs';
import { PatternSet } from '@sluice/log-matcher';

const patterns = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const start = performance.now();
const before = process.cpuUsage();
PatternSet.compile(patterns, { finalBreak: true });
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ wallMs: performance.now() - start, cpuMs: (user + system) / 1000 }));

// Reads a log in XML to its end with one of several readers, and prints what that took and what was in it: a process of
// its own for xml.bench.mjs, so that each reader has its own memory.
//
//   node xml-pass.mjs READER FILE
import { createReadStream } from 'node:fs';
import { readers } from './xml-readers.mjs';

const [name = '', file = ''] = process.argv.slice(2);
const reader = await readers[name]?.();
if (reader === undefined) throw new Error(`no reader ${name}`);
const started = performance.now();
const before = process.cpuUsage();
const sums = await reader(createReadStream(file));
const { user, system } = process.cpuUsage(before);
const wallMs = performance.now() - started;
const memoryMiB = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ sums, wallMs, cpuMs: (user + system) / 1000, memoryMiB }));

import { appended } from './changes.mjs';

/** @typedef {import('./changes.mjs').Violation} Violation */

/**
 * @param {string} folder
 * @param {string} name what is wrong
 * @param {string} code on one line
 * @param {string} fault
 * @returns {Violation}
 */
const inPackage = (folder, name, code, fault) => [
  '4.6',
  name,
  { [`${folder}/src/stream.ts`]: `\n${code}\n` },
  { file: `${folder}/src/stream.ts:2`, fault },
];

const noBound = 'has no bound';
const readsAhead = 'from() takes from an asynchronous iterable without waiting for anyone';

/**
 * Each rule on bounds in a stream, broken once.
 *
 * @type {Violation[]}
 */
export const wrongStreams = [
  inPackage(
    'packages/ban-policy',
    'mergeMap without a concurrency',
    "import { mergeMap } from 'rxjs'; export const a = mergeMap((n: never) => n);",
    `mergeMap without a concurrency ${noBound}`,
  ),
  inPackage(
    'packages/ban-policy',
    'mergeMap under another name, with a result selector but no concurrency',
    "import { mergeMap as m } from 'rxjs'; export const a = m((n: never) => n, (n) => n);",
    `mergeMap without a concurrency ${noBound}`,
  ),
  inPackage(
    'packages/ban-policy',
    'mergeAll of the whole namespace with an infinite concurrency',
    "import * as rx from 'rxjs'; export const a = rx.mergeAll(Infinity);",
    `mergeAll without a concurrency ${noBound}`,
  ),
  inPackage(
    'packages/ban-policy',
    'bufferTime without a maximum',
    "import { bufferTime } from 'rxjs'; export const a = bufferTime(1000, null);",
    'bufferTime without a maximum holds whatever arrives',
  ),
  inPackage(
    'apps/banwatchd',
    'observeOn',
    "import { asapScheduler, observeOn } from 'rxjs'; export const a = observeOn(asapScheduler);",
    'observeOn costs a timer for every item',
  ),
  inPackage(
    'packages/ban-policy',
    'from() of an asynchronous generator that is declared below',
    "import { from } from 'rxjs'; export const a = () => from(lines()); async function* lines() { yield 1; }",
    readsAhead,
  ),
  inPackage(
    'packages/ban-policy',
    'from() of a parameter that is an AsyncIterable',
    "import { from } from 'rxjs'; export const a = (lines: AsyncIterable<string>) => from(lines);",
    readsAhead,
  ),
  inPackage(
    'packages/ban-policy',
    'from() of a private asynchronous method',
    "import { from } from 'rxjs'; export class A { async *#go() { yield 1; } run = () => from(this.#go()); }",
    readsAhead,
  ),
  inPackage(
    'apps/banwatchd',
    'from() of a variable that holds a stream',
    "import { from } from 'rxjs'; import fs from 'node:fs'; const s = fs.createReadStream('x'); export const a = from(s);",
    readsAhead,
  ),
  inPackage(
    'packages/log-source',
    'from() of anything but a list, in a source',
    "import { from } from 'rxjs'; export const a = (lines: unknown) => from(lines as never);",
    readsAhead,
  ),
];

/** Streams that keep the rules although they use the same operators. */
export const rightStreams = {
  ...appended(
    'packages/ban-policy/src/thing.ts',
    `import { bufferTime, concatMap, from, mergeAll, mergeMap, mergeScan } from 'rxjs';
import { observeOn } from './observe-on.ts';
export const a = [mergeMap(work, 4), mergeMap(work, select, 4), mergeAll(2), mergeScan(work, 0, max), concatMap(work)];
export const b = [bufferTime(1000, null, 256), from(list), observeOn(1)];`,
  ),
  'packages/ban-policy/src/observe-on.ts': 'export const observeOn = (n: number) => n;\n',
  'packages/log-source/src/list.ts': "import { from } from 'rxjs';\nexport const a = from([1, 2]);\n",
  'packages/log-source/src/list.test.ts': "import { from, mergeMap } from 'rxjs';\nfrom(lines()).pipe(mergeMap(f));\n",
};

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PatternSet } from '@sluice/log-matcher';
import { measure } from '../../../tools/bench/measure.mjs';
import { manyRules } from './rules/many-rules.mjs';
import { hyperscanMatch } from './support/program-peers.mjs';
import { Workload } from './support/workload.mjs';
import { over } from './support/workloads.mjs';

const run = promisify(execFile);
const script = fileURLToPath(new URL('support/compile-once.mjs', import.meta.url));

const byCpu = ({ wallMs, cpuMs }) => ({ value: cpuMs, wallMs, cpuMs });

/** Compiling only, without the start of its process. */
const hyperscan = {
  ...hyperscanMatch(1),
  name: "Hyperscan's compile",
  target: 4,
  run: async (workload) => byCpu(await hyperscanMatch(1).compiled(workload)),
};

/** Also what is put off until a set first scans: the plan of how lines are found. */
const compileAll = (patterns) => PatternSet.compile(patterns, { finalBreak: true }).scan(new Uint8Array(0), () => {});

/** @type {import('../../../tools/bench/types.d.ts').Bench<Workload>} */
export default {
  name: 'compile',
  prepare: async (setup) => new Workload(setup, await over('apache', 0.01, manyRules(1000).rules)(setup)),
  measurements: [
    {
      metric: '1000 rules compiled and planned in a fresh process, CPU time',
      unit: 'ms',
      better: 'lower',
      target: null,
      async ours(workload) {
        const file = workload.write('json', JSON.stringify(workload.patterns));
        const { stdout } = await run(process.execPath, [script, file]);
        return byCpu(JSON.parse(stdout));
      },
      theirs: hyperscan,
    },
    {
      metric: '1000 rules compiled and planned in a warm process, CPU time',
      unit: 'ms',
      better: 'lower',
      target: null,
      ours: async (workload) => byCpu(await measure(() => compileAll(workload.patterns), 1)),
      theirs: hyperscan,
    },
  ],
  cleanup: async (workload) => workload.close(),
};

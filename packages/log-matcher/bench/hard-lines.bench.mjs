import { manyRules } from './rules/many-rules.mjs';
import { unliteralRules } from './rules/unliteral-rules.mjs';
import { ripgrepFixed } from './support/command-peers.mjs';
import { crowdedLog } from './support/crowded-log.mjs';
import { readLoop } from './support/node-peers.mjs';
import { hyperscanCaptures, hyperscanLiterals, re2Captures, re2Set } from './support/program-peers.mjs';
import { workloadBench } from './support/workload-bench.mjs';
import { over } from './support/workloads.mjs';

/** A rate to reach, in place of a peer. */
const goal = (value) => ({
  name: `a goal of ${value} MB/s`,
  available: async () => true,
  run: async () => ({ value, wallMs: 0, cpuMs: 0 }),
});

export default workloadBench('hard-lines', [
  {
    metric: '400 literals of different rules on each line, 1000 rules',
    async workload({ cache, quick }) {
      const { rules, names } = manyRules(1000);
      return { file: await crowdedLog(cache, { megabytes: quick ? 0.25 : 4, names }), rules };
    },
    against: [
      [goal(50), 1],
      [hyperscanCaptures(4), 1.5],
      [re2Set(4), null],
    ],
  },
  {
    metric: 'one bare literal, 0.2 % hits',
    workload: async (setup) => ({
      ...(await over('apache', 0.01, ['perl post'])(setup)),
      options: { dialect: 'literal' },
    }),
    against: [
      [readLoop, null],
      [ripgrepFixed(), 1.1],
      [hyperscanLiterals(), 1.2],
    ],
  },
  {
    metric: '4 rules without any literal',
    workload: over('apache', 0.01, unliteralRules),
    ours: (workload) => workload.scanPart(128),
    against: [
      [re2Set(128), 1],
      [re2Captures(128), null],
      [hyperscanCaptures(128), 1.5],
    ],
  },
]);

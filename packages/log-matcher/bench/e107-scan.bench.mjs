import { fail2banRegex, grep, python, ripgrep } from './support/command-peers.mjs';
import { nodeLoop, readLoop } from './support/node-peers.mjs';
import {
  hyperscanCaptures,
  hyperscanLiterals,
  hyperscanMatch,
  pcre2Jit,
  re2Captures,
  re2Set,
} from './support/program-peers.mjs';
import { workloadBench } from './support/workload-bench.mjs';
import { e107 } from './support/workloads.mjs';

/** As fail2ban does with a date. */
const cutDate = ({ text }) => {
  const start = text.indexOf('[') + 1;
  const end = text.indexOf(']', start);
  return start === 0 || end === -1 ? undefined : { start, end };
};

export default workloadBench('e107-scan', [
  {
    metric: 'e107, 6 rules, 0.01 % hits, id, offset and host',
    workload: e107(0.0001),
    against: [
      [readLoop, 0.75],
      [hyperscanCaptures(128), 1.5],
      [hyperscanLiterals(), 1.2],
    ],
  },
  {
    metric: 'e107, 6 rules, 1 % hits, id, offset and host',
    workload: e107(0.01),
    against: [
      [readLoop, 0.65],
      [hyperscanCaptures(128), 15],
      [hyperscanMatch(128), null],
      [hyperscanLiterals(), 1.2],
      [ripgrep(), 8],
      [grep(128), null],
      [re2Set(128), null],
      [re2Captures(128), null],
      [pcre2Jit(8), null],
      [nodeLoop(4), null],
      [python(2), 100],
      [fail2banRegex(1), null],
    ],
  },
  {
    metric: 'e107, 6 rules, 10 % hits, id, offset and host',
    workload: e107(0.1),
    against: [
      [readLoop, 0.45],
      [hyperscanCaptures(128), 1.5],
      [re2Captures(128), null],
    ],
  },
  {
    metric: 'e107, 6 rules, every line hits, id, offset and host',
    workload: e107(1),
    against: [
      [readLoop, 0.08],
      [hyperscanCaptures(128), 1.5],
      [re2Captures(64), null],
    ],
  },
  {
    metric: 'e107, 6 rules, 1 % hits, date cut out',
    workload: e107(0.01),
    ours: (workload) => workload.scan({ cut: cutDate }),
    against: [[readLoop, null]],
  },
]);

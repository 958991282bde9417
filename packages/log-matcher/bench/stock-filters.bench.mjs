import { stockRules, stockRulesAvailable } from './rules/stock-rules.mjs';
import { ripgrep } from './support/command-peers.mjs';
import { readLoop } from './support/node-peers.mjs';
import { hyperscanCaptures, re2Captures } from './support/program-peers.mjs';
import { workloadBench } from './support/workload-bench.mjs';
import { over } from './support/workloads.mjs';

export default workloadBench('stock-filters', [
  {
    metric: 'all stock fail2ban filters, access log, 1 % attacks',
    available: stockRulesAvailable,
    workload: over('apache', 0.01, stockRules),
    against: [
      [readLoop, 0.35],
      [hyperscanCaptures(64), 1.5],
      [ripgrep(128), null],
      [re2Captures(32), null],
    ],
  },
  {
    metric: 'all stock fail2ban filters, auth log, 5 % attacks',
    available: stockRulesAvailable,
    workload: over('sshd', 0.05, stockRules),
    against: [
      [readLoop, 0.15],
      [hyperscanCaptures(64), 15],
      [ripgrep(128), null],
      [re2Captures(32), null],
    ],
  },
]);

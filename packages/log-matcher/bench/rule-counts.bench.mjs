import { e107Rules } from './rules/e107-rules.mjs';
import { manyRules } from './rules/many-rules.mjs';
import { ripgrep } from './support/command-peers.mjs';
import { readLoop } from './support/node-peers.mjs';
import { hyperscanCaptures, hyperscanLiterals, re2Set } from './support/program-peers.mjs';
import { workloadBench } from './support/workload-bench.mjs';
import { over } from './support/workloads.mjs';

const rulesOf = (count) => () => manyRules(count).rules;

const row = (count, rules, ofRead, against = []) => ({
  metric: `${count} ${count === 1 ? 'rule' : 'rules'}, 1 % hits`,
  workload: over('apache', 0.01, rules),
  against: [[readLoop, ofRead], [hyperscanCaptures(64), 1.5], [hyperscanLiterals(), 1.2], ...against],
});

export default workloadBench('rule-counts', [
  row(1, e107Rules.slice(-1), 0.7, [[ripgrep(), null]]),
  row(50, rulesOf(50), 0.55),
  row(300, rulesOf(300), 0.4),
  row(1000, rulesOf(1000), 0.3, [[re2Set(64), null]]),
]);

import { fail2banRegex, ripgrep } from './support/command-peers.mjs';
import { nodeLoop, readLoop } from './support/node-peers.mjs';
import { hyperscanCaptures, hyperscanLiterals, pcre2Jit, re2Captures } from './support/program-peers.mjs';
import { workloadBench } from './support/workload-bench.mjs';
import { sshd } from './support/workloads.mjs';

export default workloadBench('sshd-scan', [
  {
    metric: 'sshd, 21 rules, 0.01 % hits',
    workload: sshd(0.0001),
    against: [
      [readLoop, null],
      [hyperscanCaptures(256), 1.5],
      [hyperscanLiterals(), 1.2],
    ],
  },
  {
    metric: 'sshd, 21 rules, 1 % hits',
    workload: sshd(0.01),
    against: [
      [readLoop, 0.6],
      [hyperscanCaptures(256), 1.5],
      [hyperscanLiterals(), 1.2],
    ],
  },
  {
    metric: 'sshd, 21 rules, 5 % hits',
    workload: sshd(0.05),
    against: [
      [readLoop, 0.4],
      [hyperscanCaptures(256), 2.5],
      [ripgrep(), null],
      [re2Captures(64), null],
      [pcre2Jit(8), null],
      [nodeLoop(8), null],
      [fail2banRegex(1), null],
    ],
  },
  {
    metric: 'sshd, 21 rules, every line hits',
    workload: sshd(1),
    against: [
      [readLoop, 0.05],
      [hyperscanCaptures(128), 1.5],
      [re2Captures(32), null],
    ],
  },
]);

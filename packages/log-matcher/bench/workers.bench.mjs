import { statSync } from 'node:fs';
import { ScanPool } from '@sluice/log-matcher/loader';
import { readLoop } from './support/node-peers.mjs';
import { hostReader } from './support/scan-file.mjs';
import { Workload } from './support/workload.mjs';
import { e107, sshd } from './support/workloads.mjs';

/** Scans before the first that counts: each worker's engine compiles what is run often. */
const warmScans = 8;

/** The rate by the clock on the wall: workers take the same CPU time in all. */
const byWall = (file, { wallMs, cpuMs }) => ({ value: statSync(file).size / 1e3 / wallMs, wallMs, cpuMs });

/** The same as a scan in one piece reports of each match, and in the same order. */
async function scan({ workload, pools }, workers) {
  const { set, file } = workload;
  const hostOf = hostReader(set);
  const found = { lines: 0, hostBytes: 0, sum: 0 };
  let last = -1;
  const start = performance.now();
  const before = process.cpuUsage();
  await pools.get(workers).scanFile(file, (match) => {
    const { offset } = match.line;
    if (offset <= last) throw new Error('void: the matches are out of order');
    last = offset;
    found.lines += 1;
    found.hostBytes += hostOf(match)?.length ?? 0;
    found.sum = (found.sum + match.pattern + offset) % 2 ** 32;
  });
  const { user, system } = process.cpuUsage(before);
  const run = byWall(file, { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 });
  const expected = workload.count(file);
  for (const [what, value] of Object.entries(found)) {
    if (value !== expected[what])
      throw new Error(`void: ${what} is ${value} with ${workers} workers, ${expected[what]} without`);
  }
  return run;
}

const rows = [
  { metric: 'e107, 6 rules, 1 % hits, 2 workers, by wall time', spec: e107(0.01), ofRead: 1.1 },
  { metric: 'sshd, 21 rules, 5 % hits, 2 workers, by wall time', spec: sshd(0.05), ofRead: null },
];

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'workers',
  async prepare(setup) {
    const contexts = new Map();
    for (const row of rows) {
      const workload = new Workload(setup, await row.spec(setup));
      const pools = new Map([1, 2].map((workers) => [workers, new ScanPool(workload.set, { workers })]));
      contexts.set(row, { workload, pools });
      for (const workers of pools.keys()) {
        for (let n = 0; n < (setup.quick ? 1 : warmScans); n++) await scan({ workload, pools }, workers);
      }
    }
    return contexts;
  },
  measurements: rows.map((row) => ({
    metric: row.metric,
    unit: 'MB/s',
    better: 'higher',
    target: null,
    ours: (contexts) => scan(contexts.get(row), 2),
    theirs: [
      {
        name: '1 worker',
        target: 1.9,
        available: async () => true,
        run: (contexts) => scan(contexts.get(row), 1),
      },
      {
        ...readLoop,
        target: row.ofRead,
        async run(contexts) {
          const { workload } = contexts.get(row);
          return byWall(workload.file, await readLoop.run(workload));
        },
      },
    ],
  })),
  async cleanup(contexts) {
    for (const { workload, pools } of contexts.values()) {
      workload.close();
      for (const pool of pools.values()) await pool.close();
    }
  },
};

import { Workload } from './workload.mjs';

/**
 * One row: a log and rules, and whom we are compared with.
 *
 * @typedef {object} Row
 * @property {string} metric
 * @property {(setup: import('../../../../tools/bench/types.d.ts').BenchSetup) => Promise<ConstructorParameters<typeof
 *   Workload>[1]>} workload makes the log and the rules
 * @property {readonly (readonly [peer: any, target: number | null])[]} against
 * @property {() => Promise<true | string>} [available]
 * @property {(workload: Workload) => Promise<import('../../../../tools/bench/types.d.ts').Run>} [ours] default scans
 *   the log
 */

/** Leaves out what a peer refuses, for everybody. */
async function agree(metric, workload, peers) {
  const refused = new Set();
  for (const peer of peers) {
    if (peer.refused === undefined || (await peer.available()) !== true) continue;
    const indices = await peer.refused(workload);
    if (indices.length > 0) console.error(`${metric}: ${peer.name} refuses ${indices.length} rules; nobody gets them`);
    for (const index of indices) refused.add(index);
  }
  const all = workload.rules.length;
  workload.drop(refused);
  console.error(`${metric}: ${workload.rules.length} of ${all} rules`);
}

/**
 * A bench whose rows are of throughput.
 *
 * @param {string} name
 * @param {readonly Row[]} rows
 * @returns {import('../../../../tools/bench/types.d.ts').Bench<Map<Row, Workload>>}
 */
export const workloadBench = (name, rows) => ({
  name,
  async prepare(setup) {
    const workloads = new Map();
    for (const row of rows) {
      if (((await row.available?.()) ?? true) !== true) continue;
      const workload = new Workload(setup, await row.workload(setup));
      workloads.set(row, workload);
      await agree(
        row.metric,
        workload,
        row.against.map(([peer]) => peer),
      );
    }
    return workloads;
  },
  measurements: rows.map((row) => {
    const { metric, against, available, ours = (workload) => workload.scan() } = row;
    return {
      metric,
      unit: 'MB/s',
      better: 'higher',
      target: null,
      ...(available && { available }),
      ours: (context) => ours(context.get(row)),
      theirs: against.map(([peer, target]) => ({
        name: peer.name,
        target,
        available: peer.available,
        run: (context) => peer.run(context.get(row)),
      })),
    };
  }),
  async cleanup(workloads) {
    for (const workload of workloads.values()) workload.close();
  },
});

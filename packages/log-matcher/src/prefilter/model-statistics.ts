import { GramStatistics } from './gram-statistics.ts';
import { modelLog } from './model-log.ts';

let statistics: GramStatistics | undefined;

/** What is common in logs, for when there is no sample of the one that will be searched. */
export function modelStatistics(): GramStatistics {
  statistics ??= new GramStatistics([modelLog()]);
  return statistics;
}

/** Most of a sample that is looked at. */
const maxSampleBytes = 1 << 20;

/** What is common in a log, by a sample of it. What the sample does not have is as rare as in other logs. */
export function sampleStatistics(sample: Uint8Array): GramStatistics {
  return new GramStatistics([sample.subarray(0, maxSampleBytes), modelLog()]);
}

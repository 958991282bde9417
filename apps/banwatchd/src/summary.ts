import type { DaemonStats } from './stats.ts';

const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The statistics for people, a few lines. */
export function summaryLines(stats: DaemonStats): readonly string[] {
  const perCpuSecond = stats.cpuMs === 0 ? 0 : (stats.bytes * 1000) / stats.cpuMs;
  const lines = [
    `Read ${count(stats.lines, 'line')}, ${megabytes(stats.bytes)}, in ${seconds(stats.wallMs)} (${seconds(stats.cpuMs)} of CPU: ${megabytes(perCpuSecond)} per CPU second).`,
    `Found ${count(stats.failures, 'failure')}; banned ${stats.bans}, already banned ${stats.alreadyBanned}, unbanned ${stats.unbans}.`,
  ];
  if (stats.rejects > 0) lines.push(`Could not use ${count(stats.rejects, 'item')}; the log says why.`);
  if (stats.actionFailures > 0)
    lines.push(`The system refused ${count(stats.actionFailures, 'ban or unban', 'bans or unbans')}.`);
  return lines;
}

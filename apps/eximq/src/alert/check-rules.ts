import { printable } from '@sluice/command-line';
import { type QueuePlace, type QueueStats, queueStats, summarize } from '@sluice/exim-queue/batches';
import type { RejectSink } from '@sluice/pipeline';
import { ageText } from '../output/age-text.ts';
import type { AlertSettings } from '../settings/alert-settings.ts';
import { loadSamples, saveSamples } from './alert-state.ts';
import type { Finding } from './finding.ts';
import { growth, usefulSamples } from './growth.ts';
import { judge } from './judge.ts';
import type { ShareLimit } from './read-limit.ts';

const defaultMinQueue = 100;
const secondMs = 1000;

interface Reading {
  readonly signal: AbortSignal;
  readonly rejects: RejectSink;
}

const messages = (value: number): string => `${value.toLocaleString('en')} message${value === 1 ? '' : 's'}`;
const percent = (value: number): string => `${value}%`;
const seconds = (value: number): string => ageText(value * secondMs);
const inSeconds = ({ warn, crit }: { readonly warn?: number; readonly crit: number }) => ({
  ...(warn !== undefined && { warn: warn / secondMs }),
  crit: crit / secondMs,
});

function growthFinding(place: QueuePlace, stats: QueueStats, { maxGrowth, state }: AlertSettings): readonly Finding[] {
  if (maxGrowth === undefined || state === undefined) return [];
  const { windowMs } = maxGrowth;
  const queue = `${place.spoolDirectory} ${place.queue}`;
  const before = loadSamples(state, queue);
  const now = { atMs: stats.atMs, messages: stats.messages };
  saveSamples(state, queue, [...usefulSamples(before, now.atMs, windowMs), now]);
  const note = ` more within ${ageText(windowMs)}`;
  return [judge('growth', growth(before, now, windowMs), maxGrowth, messages, '', note)];
}

/** Part of the messages that one sender has; bounces have none. A short queue says nothing. */
async function shareFinding(
  place: QueuePlace,
  limit: ShareLimit,
  minQueue: number,
  reading: Reading,
): Promise<Finding> {
  const rows = await summarize(place, { by: 'sender', where: { bounce: false }, ...reading });
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const [first] = rows;
  if (first === undefined || total < minQueue) {
    return { ...judge('sender-share', 0, limit, percent, '%'), text: `${messages(total)}, too few to judge` };
  }
  const share = Math.round((first.count / total) * 1000) / 10;
  return judge('sender-share', share, limit, percent, '%', ` of ${messages(total)} are from ${printable(first.key)}`);
}

/** What the rules find, in the order of the help. Each pass over the queue is made only if a rule asks for it. */
export async function checkRules(
  place: QueuePlace,
  settings: AlertSettings,
  reading: Reading,
): Promise<readonly Finding[]> {
  const { maxQueue, maxFrozen, maxAge, maxGrowth, maxSenderShare, minQueue = defaultMinQueue } = settings;
  const findings: Finding[] = [];
  if ([maxQueue, maxFrozen, maxAge, maxGrowth].some((limit) => limit !== undefined)) {
    const stats = await queueStats(place, reading);
    // Numbers of half a queue would be taken for those of all of it.
    reading.signal.throwIfAborted();
    if (maxQueue !== undefined) findings.push(judge('queue', stats.messages, maxQueue, messages));
    if (maxFrozen !== undefined) findings.push(judge('frozen', stats.frozen, maxFrozen, messages));
    if (maxAge !== undefined) {
      const age = Math.floor(stats.oldestAgeMs / secondMs);
      findings.push(judge('age', age, inSeconds(maxAge), seconds, 's'));
    }
    findings.push(...growthFinding(place, stats, settings));
  }
  if (maxSenderShare !== undefined) {
    findings.push(await shareFinding(place, maxSenderShare, minQueue, reading));
    reading.signal.throwIfAborted();
  }
  return findings;
}

import { CounterMetrics, type Reject } from '@sluice/pipeline';
import type { MailMessage } from '../mail-message.ts';
import { maildirBatches } from '../maildir/maildir-batches.ts';
import { metricNames } from '../metrics.ts';
import type { MaildirOptions } from '../options.ts';

/** What came of reading a Maildir to its end. */
export interface ReadAll {
  readonly mails: readonly MailMessage[];
  readonly rejects: readonly Reject[];
  readonly metrics: CounterMetrics;
  readonly batches: readonly number[];
}

/** Reads a Maildir, and checks that the counters come out even. */
export async function readAll(directory: string, options: MaildirOptions = {}): Promise<ReadAll> {
  const mails: MailMessage[] = [];
  const rejects: Reject[] = [];
  const batches: number[] = [];
  const metrics = new CounterMetrics();
  const sinks = { rejects: { next: (reject: Reject) => void rejects.push(reject) }, metrics };
  for await (const batch of maildirBatches(directory, { ...sinks, ...options })) {
    mails.push(...batch);
    batches.push(batch.length);
  }
  const { found, emitted, filtered, rejected, gone } = metricNames;
  const outcomes = [emitted, filtered, rejected, gone].map((name) => metrics.get(name));
  expect(outcomes.reduce((a, b) => a + b)).toBe(metrics.get(found));
  expect(metrics.get(emitted)).toBe(mails.length);
  return { mails, rejects, metrics, batches };
}

/** Codes of rejects without the package's prefix, with the last part of their paths. */
export const codesOf = (rejects: readonly Reject[]): string[] =>
  rejects.map(({ code, path = '' }) => `${code.replace('ERR_MAIL_SOURCE_', '')} ${path.split('/').at(-1)}`).sort();

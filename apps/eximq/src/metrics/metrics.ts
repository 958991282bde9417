import { exitStatus, readOptions, reasonOf, writeAll } from '@sluice/command-line';
import { type QueuePlace, queueStats } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { EximqError } from '../eximq-error.ts';
import { replaceFile } from '../files/replace-file.ts';
import { rejectsOf } from '../list/rejects-of.ts';
import { openPlace } from '../place/open-place.ts';
import { metricsSettings } from '../settings/metrics-settings.ts';
import { expositionText } from './exposition-text.ts';
import { queueMetrics } from './queue-metrics.ts';

const defaultTop = 20;
/** Who collects the file is another user. */
const readableByAll = 0o644;

async function read(place: QueuePlace, top: number, { io, messages }: CommandContext): Promise<string> {
  const start = performance.now();
  // Damaged messages are a number of their own.
  const rejects = rejectsOf(messages, undefined);
  const stats = await queueStats(place, { signal: io.stop.signal, rejects });
  return expositionText(queueMetrics(stats, top, Math.round(performance.now() - start)));
}

function replace(file: string, text: string): void {
  try {
    replaceFile(file, text, readableByAll);
  } catch (error) {
    const cure = 'name a file in a folder that this user may write to, on a disk with room';
    throw new EximqError('ERR_EXIMQ_TEXTFILE', `${file} cannot be written: ${reasonOf(error)}`, { cure, cause: error });
  }
}

/** Prints the queue's numbers for Prometheus, puts them into a file, or serves them until it is stopped. */
export async function metrics(context: CommandContext): Promise<number> {
  const { io, messages, options } = context;
  const { listen, textfile, topDomains: top = defaultTop } = readOptions(options, metricsSettings, usageError);
  if (listen !== undefined && textfile !== undefined) {
    throw usageError('--listen does not go with --textfile', 'give one of them');
  }
  const place = await openPlace(context);
  if (listen !== undefined) {
    // An HTTP server takes long to load.
    const { serveMetrics } = await import('./serve-metrics.ts');
    await serveMetrics(
      listen,
      () => read(place, top, context),
      (url) => messages.note(url),
      io.stop.signal,
    );
    return exitStatus.done;
  }
  const text = await read(place, top, context);
  // Half of a number is a wrong number.
  if (io.stop.signal.aborted) return exitStatus.failed;
  if (textfile === undefined) writeAll(io.stdout, text);
  else replace(textfile, text);
  messages.endOfRejects();
  return messages.hasProblems ? exitStatus.problems : exitStatus.done;
}

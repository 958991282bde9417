import { exitStatus, printable, readOptions, writeAll } from '@sluice/command-line';
import { type SummaryKey, type SummaryOptions, summarize, summaryText } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { selectionOf } from '../ids/selection.ts';
import { rejectsOf } from '../list/rejects-of.ts';
import { jsonLine } from '../output/json-line.ts';
import { openPlace } from '../place/open-place.ts';
import { summarySettings, type summaryWords } from '../settings/summary-settings.ts';

const keys: Readonly<Record<(typeof summaryWords)[number], SummaryKey>> = {
  'rcpt-domain': 'recipientDomain',
  'sender-domain': 'senderDomain',
  sender: 'sender',
  host: 'host',
  auth: 'authId',
  login: 'login',
  state: 'state',
  age: 'age',
  reason: 'reason',
};

/** Counts messages, as exiqsumm does, and by more. */
export async function summary(context: CommandContext): Promise<number> {
  const { io, messages, options } = context;
  const {
    by = 'rcpt-domain',
    top = Number.POSITIVE_INFINITY,
    json,
  } = readOptions(options, summarySettings, usageError);
  const { filter } = selectionOf(context);
  const place = await openPlace(context);
  const asked: SummaryOptions = {
    by: keys[by],
    rejects: rejectsOf(messages, filter),
    signal: io.stop.signal,
    ...(filter !== undefined && { where: filter }),
  };
  const rows = await summarize(place, asked);
  // Half of a number is a wrong number.
  if (io.stop.signal.aborted) return exitStatus.failed;
  const shown = rows.slice(0, top);
  const text =
    json === true
      ? shown.map(jsonLine).join('')
      : summaryText(
          shown.map((row) => ({ ...row, key: printable(row.key) })),
          'given',
        );
  if (rows.length > 0) writeAll(io.stdout, text);
  if (rows.length > shown.length) messages.note(`and ${rows.length - shown.length} more`);
  messages.endOfRejects();
  return rows.length === 0 || messages.hasProblems ? exitStatus.problems : exitStatus.done;
}

import { exitStatus, readOptions, writeAll } from '@sluice/command-line';
import { type SummaryKey, type SummaryOptions, summarize } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { selectionOf } from '../ids/selection.ts';
import { rejectsOf } from '../list/rejects-of.ts';
import { jsonLine } from '../output/json-line.ts';
import { openPlace } from '../place/open-place.ts';
import { summarySettings, type summaryWords } from '../settings/summary-settings.ts';
import { sumOf } from './sum-of.ts';
import { summaryTable } from './summary-table.ts';

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

const titles: Readonly<Record<(typeof summaryWords)[number], string>> = {
  'rcpt-domain': 'Domain',
  'sender-domain': 'Sender domain',
  sender: 'Sender',
  host: 'Host',
  auth: 'Authenticated as',
  login: 'Login',
  state: 'State',
  age: 'Age',
  reason: 'Reason',
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
  const others = rows.slice(top);
  if (json === true) {
    writeAll(io.stdout, shown.map((row) => jsonLine({ ...row, shownBytes: Math.round(row.shownBytes) })).join(''));
    if (others.length > 0) messages.note(`and ${others.length} more`);
  } else if (rows.length > 0) {
    writeAll(io.stdout, summaryTable(others.length > 0 ? [...shown, sumOf(others)] : shown, titles[by]));
  }
  messages.endOfRejects();
  return rows.length === 0 || messages.hasProblems ? exitStatus.problems : exitStatus.done;
}

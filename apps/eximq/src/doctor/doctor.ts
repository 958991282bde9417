import { exitStatus, printable, readOptions, terminalOf, writeAll } from '@sluice/command-line';
import { locateQueue, type QueuePlace } from '@sluice/exim-queue/batches';
import type { Reject, RejectSink } from '@sluice/pipeline';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { jsonLine } from '../output/json-line.ts';
import { type Style, styled } from '../output/style.ts';
import { openOptions } from '../place/open-options.ts';
import { doctorSettings } from '../settings/doctor-settings.ts';
import type { Check } from './check.ts';
import { eximFacts } from './exim-checks.ts';
import { faultCheck } from './fault-check.ts';
import { lockCheck } from './lock-check.ts';
import { logCheck } from './log-check.ts';
import { messageChecks } from './message-checks.ts';
import { rightCheck } from './right-check.ts';
import { userCheck } from './user-check.ts';

const maxRejects = 20;
const styles: Readonly<Record<Check['level'], Style>> = { ok: 'green', warn: 'yellow', bad: 'red' };
const whatWidth = 9;

function spoolCheck({ backend, backendReason, spoolDirectory, spoolFrom }: QueuePlace): Check {
  const from = { option: 'as you say', exim: 'as Exim says', default: "Debian's" }[spoolFrom];
  const text = `${spoolDirectory} (${from})`;
  if (backend === 'spool') return { level: 'ok', what: 'spool', text: `${text}, its files can be read` };
  return { level: 'warn', what: 'spool', text: `${text}: Exim is asked instead of its files; ${backendReason ?? ''}` };
}

/** What cannot be read, one check each. What is damaged is told by its own check. */
function rejectChecks(rejects: readonly Reject[]): readonly Check[] {
  return rejects
    .filter(({ code }) => code !== 'ERR_EXIM_QUEUE_DAMAGED')
    .slice(0, maxRejects)
    .map(({ path, reason }) => ({
      level: 'bad',
      what: 'reading',
      text: `${path === undefined ? '' : `${path}: `}${reason}`,
    }));
}

async function* examine(context: CommandContext): AsyncGenerator<Check, void, undefined> {
  const { where, io } = context;
  const { signal } = io.stop;
  const facts = await eximFacts(where, signal);
  yield* facts.checks;
  yield userCheck();
  let place: QueuePlace;
  try {
    place = await locateQueue(openOptions(context));
  } catch (error) {
    yield faultCheck('spool', 'bad', error);
    return;
  }
  yield spoolCheck(place);
  if (facts.exim !== undefined) yield await rightCheck(place, signal);
  yield lockCheck();
  const log = place.spoolFrom === 'option' ? undefined : logCheck(facts.settings);
  if (log !== undefined) yield log;
  const rejects: Reject[] = [];
  const sink: RejectSink = { next: (reject) => void (rejects.length < maxRejects * 10 && rejects.push(reject)) };
  try {
    yield* await messageChecks(place, signal, sink);
  } catch (error) {
    yield faultCheck('messages', 'bad', error);
  }
  yield* rejectChecks(rejects);
}

/** Says what can be seen and done here, and why not; problems if something is bad. */
export async function doctor(context: CommandContext): Promise<number> {
  const { io } = context;
  const { json } = readOptions(context.options, doctorSettings, usageError);
  const { hasColor } = terminalOf(io);
  let isBad = false;
  for await (const check of examine(context)) {
    const { level, what, text, cure } = check;
    isBad ||= level === 'bad';
    const word = level.padEnd(4);
    const line = `${hasColor ? styled(word, styles[level]) : word}  ${what.padEnd(whatWidth)} ${printable(text)}\n`;
    const help = cure === undefined ? '' : `${' '.repeat(whatWidth + 7)}→ ${printable(cure)}\n`;
    writeAll(io.stdout, json === true ? jsonLine(check) : line + help);
  }
  if (io.stop.signal.aborted) return exitStatus.failed;
  return isBad ? exitStatus.problems : exitStatus.done;
}

import { exitStatus, readOptions, terminalOf, writeAll } from '@sluice/command-line';
import { EximQueueError, type PartOptions, type QueuePlace, readPart } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { EximqError } from '../eximq-error.ts';
import { allIds, selectionOf } from '../ids/selection.ts';
import { decodeSubjects } from '../list/decode-subjects.ts';
import { jsonLine } from '../output/json-line.ts';
import { openPlace } from '../place/open-place.ts';
import { type ShowSettings, showSettings } from '../settings/show-settings.ts';
import { findMessage } from './find-message.ts';
import { writePart } from './part-output.ts';

const partNames = ['headers', 'body', 'log', 'message'] as const;
type PartName = (typeof partNames)[number];

/** With --all, a message without a log is not one that has gone. */
function partsOf(settings: ShowSettings): readonly PartName[] {
  const named = partNames.filter((name) => settings[name] === true);
  if (named.length > 0 && (settings.all === true || settings.json === true)) {
    throw usageError(`--${named[0]} does not go with --${settings.all === true ? 'all' : 'json'}`, 'give one of them');
  }
  return settings.all === true ? ['headers', 'body', 'log'] : named;
}

/** Prints what is known of a message; false when it is not in the queue. */
async function showEntry(place: QueuePlace, id: string, context: CommandContext, isJson: boolean): Promise<boolean> {
  const { io } = context;
  const entry = await findMessage(place, id, context);
  if (entry === undefined) return false;
  if (isJson) {
    writeAll(io.stdout, jsonLine(entry));
    return true;
  }
  const { overview } = await import('./overview.ts');
  const [decoded = entry] = await decodeSubjects([entry]);
  writeAll(io.stdout, overview(decoded, Date.now(), terminalOf(io).hasColor));
  return true;
}

async function showParts(
  place: QueuePlace,
  id: string,
  context: CommandContext,
  settings: ShowSettings,
): Promise<boolean> {
  const { io, messages } = context;
  const options: PartOptions = { signal: io.stop.signal, rejects: messages };
  for (const name of partsOf(settings)) {
    if (settings.all === true) writeAll(io.stdout, `\n-- ${name} --\n`);
    try {
      await writePart(io.stdout, readPart(place, id, name, options));
    } catch (error) {
      if (!(error instanceof EximQueueError && error.code === 'ERR_EXIM_QUEUE_GONE')) throw error;
      if (settings.all !== true) return false;
      writeAll(io.stdout, '(none)\n');
    }
  }
  return true;
}

/** Shows messages, one after the other. */
export async function show(context: CommandContext): Promise<number> {
  const settings = readOptions(context.options, showSettings, usageError);
  const parts = partsOf(settings);
  const ids = await allIds(selectionOf(context), context);
  const place = await openPlace(context);
  let missing = 0;
  for (const [at, id] of ids.entries()) {
    if (context.io.stop.signal.aborted) return exitStatus.failed;
    const isEntry = parts.length === 0 || settings.all === true;
    if (at > 0 && isEntry && settings.json !== true) writeAll(context.io.stdout, '\n');
    const isThere = !isEntry || (await showEntry(place, id, context, settings.json === true));
    if (isThere && (await showParts(place, id, context, settings))) continue;
    missing += 1;
    const what = parts.length === 1 && settings.all !== true ? `no ${parts[0]} of ${id}` : `no message ${id}`;
    context.messages.problem(new EximqError('ERR_EXIMQ_ACTION', `there is ${what} in the queue`));
  }
  context.messages.endOfRejects();
  return missing > 0 || ids.length === 0 ? exitStatus.problems : exitStatus.done;
}

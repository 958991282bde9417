import { exitStatus, readOptions } from '@sluice/command-line';
import { type ActionOptions, actionBatches, type QueueEntry, type QueuePlace } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { type Selection, selectionOf } from '../ids/selection.ts';
import { openPlace } from '../place/open-place.ts';
import { type ActionSettings, actionSettings } from '../settings/action-settings.ts';
import type { ActionSpec } from './action-spec.ts';
import { ask, canAsk } from './ask.ts';
import { type Chosen, chosenMessages, holdAll } from './chosen-messages.ts';
import { OutcomeOutput } from './outcome-output.ts';
import { Tally } from './tally.ts';

/** More messages than this are not changed without a question, where there is somebody to ask. */
const maxUnasked = 100;

const isNamed = ({ ids, hasInput }: Selection): boolean => ids.length > 0 || hasInput;

/** Nothing is ever done to all messages because an option was forgotten. */
function checkSelection(selection: Selection, { all }: ActionSettings): void {
  const isSome = isNamed(selection) || selection.filter !== undefined;
  if (isSome && all === true)
    throw usageError('--all does not go with ids or other conditions', 'leave out one of them');
  if (!isSome && all !== true) {
    throw usageError('there are no messages to act on', 'give ids, options that choose messages, or --all');
  }
}

/** What is to be acted on; undefined when the user says no. */
async function agreed(
  selection: Selection,
  place: QueuePlace,
  context: CommandContext,
  isAsked: boolean,
  verb: string,
): Promise<Chosen | undefined> {
  const chosen = chosenMessages(selection, place, context);
  if (!isAsked) return chosen;
  const { batches, count } = await holdAll(chosen);
  if (count <= maxUnasked) return batches;
  context.progress.clear();
  const isYes = await ask(`eximq: ${verb} ${count.toLocaleString('en')} messages?`, context.io);
  return isYes ? batches : undefined;
}

function optionsOf({ io, messages, progress }: CommandContext, settings: ActionSettings, isDryRun: boolean) {
  const { batch, concurrency, lockedRetries } = settings;
  const options: ActionOptions = {
    dryRun: isDryRun,
    rejects: messages,
    signal: io.stop.signal,
    onProgress: ({ done, total }) => progress.show(done, 'messages', total),
    ...(batch !== undefined && { batch }),
    ...(concurrency !== undefined && { concurrency }),
    ...(lockedRetries !== undefined && { lockedRetries }),
  };
  return options;
}

/** Does something to messages, and tells what became of them. */
export async function act(context: CommandContext, spec: ActionSpec): Promise<number> {
  const { io, messages, progress, where } = context;
  const settings = readOptions(context.options, actionSettings, usageError);
  const selection = selectionOf(context);
  checkSelection(selection, settings);
  const action = spec.action(context);
  const isDryRun = settings.dryRun === true || where.demo === true;
  const place = await openPlace(context);
  const isAsked =
    !isDryRun && settings.yes !== true && canAsk(io) && !(isNamed(selection) && selection.filter === undefined);
  let isAgreed = !isAsked;
  // Within the source, so that what makes the action impossible is told before anything is asked.
  async function* source(): AsyncGenerator<readonly (QueueEntry | string)[], void, undefined> {
    const chosen = await agreed(selection, place, context, isAsked, spec.verb);
    if (chosen === undefined) return;
    isAgreed = true;
    yield* chosen;
  }
  const tally = new Tally();
  const output = new OutcomeOutput(context, settings, spec, isNamed(selection));
  const { filter } = selection;
  const options = { ...optionsOf(context, settings, isDryRun), ...(filter !== undefined && { recheck: filter }) };
  for await (const outcomes of actionBatches(place, action, source(), options)) {
    for (const { result } of outcomes) tally.add(result);
    output.add(outcomes);
  }
  progress.clear();
  output.end();
  messages.endOfRejects();
  messages.note(isAgreed ? tally.text(spec, isDryRun) : 'nothing was changed');
  if (io.stop.signal.aborted) return exitStatus.failed;
  if (!isAgreed) return exitStatus.problems;
  return messages.hasProblems ? exitStatus.problems : tally.exitStatus(isNamed(selection));
}

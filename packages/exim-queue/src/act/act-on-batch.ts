import { eximCommand } from '../exim/exim-command.ts';
import { eximFault } from '../exim/exim-fault.ts';
import type { MessageFilter } from '../where/compile-filter.ts';
import type { Acting } from './acting.ts';
import { type Answer, AnswerReader } from './answer-reader.ts';
import { asideDetail } from './aside-detail.ts';
import { deliveryVerdict } from './delivery-verdict.ts';
import { deliveryWords } from './delivery-words.ts';
import { type ActingRun, runActing } from './run-acting.ts';
import { isDoubtful, settle } from './settle.ts';
import { sift } from './sift.ts';
import type { Target, Verdict } from './target.ts';

/** Longer answers than this for each message are no answers. */
const maxAnswerBytes = 4096;
/** Strange lines of one Exim that are told of one by one. */
const maxStrange = 10;

/**
 * Acts on messages of one queue by one Exim, and tells what became of each: exactly one verdict for each target.
 *
 * @param targets no more than the command takes, no id twice
 */
export async function actOnBatch(
  acting: Acting,
  filter: MessageFilter | undefined,
  queue: string,
  targets: readonly Target[],
): Promise<readonly Verdict[]> {
  const isSifted = filter !== undefined || acting.settings.dryRun;
  const sifted = isSifted ? await sift(acting, filter, queue, targets) : { targets, verdicts: [] };
  if (sifted.targets.length === 0) return sifted.verdicts;
  const ids = sifted.targets.map(({ id }) => id);
  const answers = acting.command.isSilent ? await tryDelivery(acting, queue, ids) : await ask(acting, queue, ids);
  return [...sifted.verdicts, ...sifted.targets.map((target) => ({ target, ...(answers.get(target.id) ?? noAnswer) }))];
}

const noAnswer: Answer = { result: 'failed', detail: 'Exim did not say anything of it' };

/** Runs an Exim that says what it does to each message. */
async function ask(acting: Acting, queue: string, ids: readonly string[]): Promise<ReadonlyMap<string, Answer>> {
  const { action, lookUp, settings } = acting;
  const run = await runFor(acting, queue, ids, false);
  const reader = new AnswerReader(action.kind, ids).read(run.stdout);
  reader.strange.slice(0, maxStrange).forEach((line) => {
    settings.reports.flaw('ERR_EXIM_QUEUE_OUTPUT', `Exim printed a line that cannot be understood`, { value: line });
  });
  const more = reader.strange.length - maxStrange;
  if (more > 0)
    settings.reports.flaw('ERR_EXIM_QUEUE_OUTPUT', `Exim printed ${more} more lines that cannot be understood`);
  const answers = new Map(reader.answers);
  const refusal = refusalOf(acting, run);
  const doubtful = ids.filter((id) => isDoubtful(action, answers.get(id)));
  const unanswered = doubtful.filter((id) => !answers.has(id));
  if (refusal !== undefined) for (const id of unanswered) answers.set(id, refusal);
  const open = refusal === undefined ? doubtful : doubtful.filter((id) => answers.get(id) !== refusal);
  if (open.length === 0) return answers;
  // A message that is not where it was looked for may be in another queue, or put aside.
  const sight = await lookUp.entries('*', open);
  const end = [run.end, lastLine(run.stderr)].filter((words) => words !== '').join(': ');
  for (const id of open) answers.set(id, settle({ action, id, queue, answer: answers.get(id), end, sight }));
  return answers;
}

/** Runs an Exim that delivers one message, or gives it up. */
async function tryDelivery(
  acting: Acting,
  queue: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Answer>> {
  const { action, lookUp } = acting;
  const [id = ''] = ids;
  const seen = await lookUp.entries(queue, [id]);
  const before = seen.get(id);
  const early = before === undefined && seen.has(id) ? await whereItIs(acting, queue, id) : undefined;
  if (early !== undefined) return new Map([[id, early]]);
  if (before?.isAside === true) return new Map([[id, { result: 'failed', detail: asideDetail }]]);
  const run = await runFor(acting, queue, ids, true);
  const refusal = refusalOf(acting, run);
  if (refusal !== undefined) return new Map([[id, refusal]]);
  const kind = action.kind === 'bounce' ? 'bounce' : 'deliver';
  const after = await lookUp.entries(queue, [id]);
  return new Map([[id, deliveryVerdict({ kind, id, before, after, words: deliveryWords(run.stderr, id), run })]]);
}

/** The answer for a message that is not in its queue. */
async function whereItIs({ action, lookUp }: Acting, queue: string, id: string): Promise<Answer> {
  const answer: Answer = { result: 'gone', detail: 'is not in the queue any more' };
  return settle({ action, id, queue, answer, end: '', sight: await lookUp.entries('*', [id]) });
}

function runFor(acting: Acting, queue: string, ids: readonly string[], isDelivery: boolean): Promise<ActingRun> {
  const { place, command, settings } = acting;
  settings.reports.add('runs');
  const maxBytes = maxAnswerBytes * (ids.length + 16);
  return runActing(eximCommand(place, command.args(queue, ids)), {
    timeoutMs: settings.timeoutMs,
    maxBytes,
    isDelivery,
  });
}

/** Why Exim did nothing at all, in its own words. */
function refusalOf({ place }: Acting, { stderr, isUnstarted, end }: ActingRun): Answer | undefined {
  if (isUnstarted) return { result: 'failed', detail: end };
  const fault = eximFault(place, stderr);
  if (fault !== undefined)
    return { result: fault.code === 'ERR_EXIM_QUEUE_DENIED' ? 'denied' : 'failed', detail: fault.message };
  // Nothing that it would not take on its command line has got there: these are options that it does not know.
  return /^exim(?: abandoned)?: (?:malformed|unknown)/m.test(stderr)
    ? { result: 'failed', detail: lastLine(stderr) }
    : undefined;
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.trim() ?? '';

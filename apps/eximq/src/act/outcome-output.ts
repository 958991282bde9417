import { printable } from '@sluice/command-line';
import type { ActionOutcome, ActionResult } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { EximqError } from '../eximq-error.ts';
import { jsonLine } from '../output/json-line.ts';
import { TextOutput } from '../output/text-output.ts';
import type { ActionSettings } from '../settings/action-settings.ts';
import type { ActionSpec } from './action-spec.ts';

/** Messages that were not dealt with and are told one by one; further ones are counted. */
const maxTold = 10;
const troubles: ReadonlySet<ActionResult> = new Set(['locked', 'denied', 'failed']);

/** Prints what became of messages: troubles on standard error, all of it as the options ask for. */
export class OutcomeOutput {
  readonly #context: CommandContext;
  readonly #settings: ActionSettings;
  readonly #spec: ActionSpec;
  readonly #isNamed: boolean;
  readonly #output: TextOutput;
  #troubles = 0;

  constructor(context: CommandContext, settings: ActionSettings, spec: ActionSpec, isNamed: boolean) {
    this.#context = context;
    this.#settings = settings;
    this.#spec = spec;
    this.#isNamed = isNamed;
    this.#output = new TextOutput(context.io.stdout);
  }

  add(outcomes: readonly ActionOutcome[]): void {
    for (const outcome of outcomes) {
      if (this.#settings.json === true) this.#output.add(jsonLine(outcome));
      else this.#text(outcome);
    }
  }

  end(): void {
    this.#output.flush();
    const untold = this.#troubles - maxTold;
    if (untold > 0) this.#problem(`and ${untold} more`);
  }

  #text({ id, result, detail }: ActionOutcome): void {
    const { done, verb } = this.#spec;
    const why = detail === '' ? '' : `: ${printable(detail)}`;
    if (troubles.has(result) || (result === 'gone' && this.#isNamed)) this.#tell(`${id}: ${detail || result}`);
    else if (result === 'would') this.#output.add(`would ${verb} ${id}\n`);
    else if (this.#settings.verbose === true) this.#output.add(`${id} ${result === 'done' ? done : result}${why}\n`);
  }

  #tell(line: string): void {
    this.#troubles += 1;
    if (this.#troubles <= maxTold) this.#problem(line);
  }

  #problem(line: string): void {
    this.#context.progress.clear();
    this.#context.messages.problem(new EximqError('ERR_EXIMQ_ACTION', line));
  }
}

import type { CommandResult, CommandRunner } from '../../commands/command-runner.ts';

type Answer = Partial<CommandResult> | undefined;

/** Runs nothing, keeps each script, and answers as it is told: nothing is success. */
export class RecordingRunner implements CommandRunner {
  readonly #answer: (script: string) => Answer;
  #scripts: string[] = [];

  constructor(answer: (script: string) => Answer = () => undefined) {
    this.#answer = answer;
  }

  /** The scripts since this was last asked. */
  take(): readonly string[] {
    const scripts = this.#scripts;
    this.#scripts = [];
    return scripts;
  }

  async run({ argv }: Parameters<CommandRunner['run']>[0], signal?: AbortSignal): Promise<CommandResult> {
    const script = argv[2] ?? '';
    const aborted = signal?.aborted ?? false;
    if (!aborted) this.#scripts.push(script);
    const answer = this.#answer(script);
    return { exitCode: aborted ? undefined : 0, stdout: '', stderr: '', timedOut: false, aborted, ...answer };
  }
}

const failed = { exitCode: 1, stderr: 'first\nit is "gone"\n' };

/** Answers with a failure to the scripts whose turn it is: `{ check: [1] }` fails the first check. */
export function failing(turns: Readonly<Record<string, readonly number[]>>): RecordingRunner {
  const counts = new Map<string, number>();
  return new RecordingRunner((script) => {
    const count = (counts.get(script) ?? 0) + 1;
    counts.set(script, count);
    return turns[script]?.includes(count) ? failed : undefined;
  });
}

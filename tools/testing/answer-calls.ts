/** What a process answers to: functions by name. What they take and give goes through structured clone. */
export type Answers = { readonly [name: string]: (...args: never[]) => unknown };

/** A call as it goes over IPC. */
export interface Call {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Its answer. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly code?: unknown };
}

const send = (answer: Answer | 'ready'): void => {
  process.send?.(answer);
};

async function answer(answers: Answers, { id, name, args }: Call): Promise<void> {
  try {
    send({ id, value: await answers[name]?.(...(args as never[])) });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    send({ id, error: { message, code } });
  }
}

/** Answers the calls of a `RemoteProcess` until that goes away. */
export function answerCalls(answers: Answers): void {
  process.on('message', (call) => void answer(answers, call as Call));
  process.on('disconnect', () => process.exit());
  send('ready');
}

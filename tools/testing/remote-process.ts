import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Answers } from './answer-calls.ts';
import { bundledModule } from './bundled-module.ts';
import { spawnChild } from './child.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process whose functions are called from here: its module ends with `answerCalls`. */
export class RemoteProcess<Of extends Answers> {
  readonly #child: ChildProcess;
  readonly #open = new Map<number, Waiting>();
  #calls = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (answer) => this.#settle(answer as Answer));
    child.on('exit', (code, signal) => {
      for (const { reject } of this.#open.values()) reject(new Error(`the process ended: ${signal ?? code}`));
      this.#open.clear();
    });
  }

  /** @param wrapper command that runs the command it is given, such as `nsenter` */
  static async start<Of extends Answers>(module: URL, wrapper: readonly string[] = []): Promise<RemoteProcess<Of>> {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = spawnChild(
      await bundledModule(module),
      [],
      { stdio: [...stdio], serialization: 'advanced' },
      wrapper,
    );
    const [ready] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (ready !== 'ready') throw new Error(`${module.pathname} ended with ${ready}`);
    return new RemoteProcess<Of>(child);
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  call<Name extends keyof Of & string>(
    name: Name,
    ...args: Parameters<Of[Name]>
  ): Promise<Awaited<ReturnType<Of[Name]>>> {
    this.#calls += 1;
    const id = this.#calls;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#child.send({ id, name, args });
    });
  }

  /** Ends it as nothing else does (SIGKILL), and waits until it is gone. */
  async kill(): Promise<void> {
    if (!this.isAlive) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #settle({ id, value, error }: Answer): void {
    const call = this.#open.get(id);
    this.#open.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(Object.assign(new Error(error.message), { code: error.code }));
  }
}

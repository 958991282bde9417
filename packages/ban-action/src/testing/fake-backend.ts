import type { Ban, BanEvent } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';
import type { BanBackend, BanOutcome } from '../ban-backend.ts';

export interface FakeBackendOptions {
  readonly name?: string;
  /** Ids that fail. */
  readonly bad?: readonly string[];
  readonly onStart?: () => Promise<void>;
  readonly onApply?: (events: readonly BanEvent[]) => Promise<void>;
  readonly onReconcile?: (bans: readonly Ban[]) => Promise<void>;
  readonly onStop?: () => Promise<void>;
}

/** A backend that writes down what is asked of it and takes as long as the test wants. */
export class FakeBackend implements BanBackend {
  readonly name: string;
  readonly calls: string[] = [];
  readonly #options: FakeBackendOptions;
  /** Signal of the latest call. */
  signal: AbortSignal | undefined;

  constructor(options: FakeBackendOptions = {}) {
    this.name = options.name ?? 'fake';
    this.#options = options;
  }

  async start(signal?: AbortSignal): Promise<void> {
    this.signal = signal;
    this.calls.push('start');
    await this.#options.onStart?.();
  }

  async apply(events: readonly BanEvent[], signal?: AbortSignal): Promise<readonly BanOutcome[]> {
    this.signal = signal;
    this.calls.push(events.map((event) => this.commands(event).join()).join(' '));
    await this.#options.onApply?.(events);
    return this.#outcomes(events);
  }

  async reconcile(bans: readonly Ban[], signal?: AbortSignal): Promise<readonly BanOutcome[]> {
    this.signal = signal;
    this.calls.push(`reconcile ${bans.map(({ id }) => id).join(' ')}`);
    await this.#options.onReconcile?.(bans);
    return this.#outcomes(bans);
  }

  async flush(): Promise<void> {
    this.calls.push('flush');
  }

  async stop(): Promise<void> {
    this.calls.push('stop');
    await this.#options.onStop?.();
  }

  startCommands(): readonly string[] {
    return [`${this.name} start`];
  }

  commands({ kind, id }: BanEvent): readonly string[] {
    return [`${kind}:${id}`];
  }

  rehearse(write: (command: string) => void): BanBackend {
    return new FakeBackend({
      ...this.#options,
      onStart: async () => write(`${this.name} start`),
      onReconcile: async (bans) => write(`${this.name} reconcile ${bans.map(({ id }) => id).join(' ')}`),
      onApply: async (events) => write(events.map((event) => `${this.name} ${this.commands(event)}`).join('\n')),
    });
  }

  #outcomes(events: readonly BanEvent[]): BanOutcome[] {
    return events.map((event): BanOutcome => {
      const isBad = this.#options.bad?.includes(event.id) ?? false;
      const error = new BanActionError('ERR_BAN_ACTION_FAILED', `${event.id} is bad`);
      return { event, backend: this.name, ok: !isBad, dryRun: false, durationMs: 1, ...(isBad && { error }) };
    });
  }
}

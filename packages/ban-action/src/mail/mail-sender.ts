import type { BanEvent } from '@sluice/pipeline';
import type { BanActionError } from '../ban-action-error.ts';
import { programFault } from '../commands/program-fault.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import { startError } from '../commands/start-error.ts';
import type { EventSender, SendFaults } from '../events/event-sender.ts';
import { rehearsal } from '../events/rehearsal.ts';
import { Digest, type MailContent } from './digest.ts';
import { MailAllowance } from './mail-allowance.ts';
import type { ResolvedMailOptions } from './mail-options.ts';
import { mailBody, mailSubject } from './mail-text.ts';

/** Mails events, so many mails an hour. */
export class MailSender implements EventSender {
  readonly name: string;
  readonly #options: ResolvedMailOptions;
  readonly #digest: Digest;
  readonly #allowance: MailAllowance;
  /** Ends with the mail that is sent by itself when it may be. */
  #timer: NodeJS.Timeout | undefined;
  #mailing: Promise<unknown> = Promise.resolve();

  constructor(options: ResolvedMailOptions) {
    this.name = options.name;
    this.#options = options;
    this.#digest = new Digest(options.maxEventsPerMail);
    this.#allowance = new MailAllowance(options.maxMailsPerHour);
  }

  async start(): Promise<void> {}

  async send(events: readonly BanEvent[], signal?: AbortSignal): Promise<SendFaults> {
    await this.#mailing;
    for (const event of events) this.#digest.add(event);
    const waitMs = this.#allowance.waitMs(this.#options.clock.nowMs());
    if (waitMs > 0) {
      this.#mailIn(waitMs);
      return new Map();
    }
    const fault = await this.#mail(signal);
    return new Map(fault === undefined ? [] : events.map((event) => [event, fault]));
  }

  /** @throws BanActionError when the last mail failed: what it was about has been told to nobody */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#mailing;
    const fault = await this.#mail();
    if (fault !== undefined) throw fault;
  }

  commands(events: readonly BanEvent[]): readonly string[] {
    const { hostName, includeLines } = this.#options;
    const digest = new Digest(this.#options.maxEventsPerMail);
    for (const event of events) digest.add(event);
    const content = digest.take();
    const text = `Subject: ${mailSubject(content, hostName)}\n\n${mailBody(content, hostName, includeLines)}`;
    return [`printf %s ${shellQuote(text)} | ${this.#argv().map(shellQuote).join(' ')}`];
  }

  rehearse(write: (command: string) => void): EventSender {
    return rehearsal(this, write);
  }

  #mailIn(waitMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#mailing = this.#mail();
    }, waitMs).unref();
  }

  /** Mails what has been gathered. What could not be mailed goes into the next one. */
  async #mail(signal?: AbortSignal): Promise<BanActionError | undefined> {
    if (this.#digest.isEmpty) return undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const content = this.#digest.take();
    this.#allowance.sent(this.#options.clock.nowMs());
    const fault = await this.#deliver(content, signal);
    if (fault !== undefined) this.#digest.restore(content);
    return fault;
  }

  async #deliver(content: MailContent, signal?: AbortSignal): Promise<BanActionError | undefined> {
    const { from, to, hostName, includeLines, timeoutMs, runner } = this.#options;
    const subject = mailSubject(content, hostName);
    const text = mailBody(content, hostName, includeLines);
    const argv = this.#argv();
    try {
      // Loaded when the first mail is written: whoever sends none need not wait for it.
      const { mimeMessage } = await import('./mime-message.ts');
      const input = await mimeMessage({ from, to, subject, text });
      return programFault(this.name, await runner.run({ argv, input, timeoutMs }, signal), timeoutMs);
    } catch (error) {
      return startError(this.name, argv[0] as string, error);
    }
  }

  #argv(): readonly string[] {
    const { command, from, to } = this.#options;
    return [...command, ...(from === undefined ? [] : ['-f', from]), '--', ...to];
  }
}

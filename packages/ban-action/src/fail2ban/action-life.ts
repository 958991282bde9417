import type { ActionConfig } from '@sluice/fail2ban-config';
import type { AlreadyBanned, Ban, BanEvent, Prolonged, Unban } from '@sluice/pipeline';
import type { BanActionError } from '../ban-action-error.ts';
import type { RunScript } from './action-shell.ts';
import { ActionTexts, type Operation, type Part } from './action-texts.ts';
import { whoRuns } from './command-fault.ts';
import type { Subject } from './dynamic-tags.ts';
import type { ShellScript } from './fill-in.ts';
import type { ResolvedActionOptions } from './options.ts';
import { RememberedBans } from './remembered-bans.ts';
import { StartedParts } from './started-parts.ts';
import { emptyTicket, familyOf, type Ticket, ticketOfProlonged, ticketOfUnban } from './ticket.ts';

/** Failures so soon after a ban are of connections that stood before. */
const SOON_MS = 3000;

type Fault = BanActionError | undefined;

/** The life of one action in one jail, as fail2ban leads it. Not to be asked for two things at once. */
export class ActionLife {
  readonly #config: ActionConfig;
  readonly #options: ResolvedActionOptions;
  readonly #texts: ActionTexts;
  readonly #run: RunScript;
  readonly #parts: StartedParts;
  readonly #bans: RememberedBans;
  readonly #checkedMs = new Map<Part, number>();

  constructor(config: ActionConfig, options: ResolvedActionOptions, run: RunScript) {
    this.#config = config;
    this.#options = options;
    this.#texts = new ActionTexts(config, options.surroundings.counts !== undefined);
    this.#run = run;
    this.#parts = new StartedParts(this.#texts, run, (part) => this.#subjectOfPart(part));
    this.#bans = new RememberedBans(this.#texts, options.maxBans);
  }

  /** Runs actionstart, unless that is left to the first ban. What was started is stopped again when a part fails. */
  async start(signal?: AbortSignal): Promise<Fault> {
    if (this.#config.startOnDemand) return undefined;
    for (const part of this.#texts.parts) {
      const fault = await this.#parts.start(part, signal);
      if (fault === undefined) continue;
      await this.#parts.stop();
      return fault;
    }
    return undefined;
  }

  async apply(event: BanEvent, signal?: AbortSignal): Promise<Fault> {
    await this.#learnName(event);
    switch (event.kind) {
      case 'ban':
        return this.#ban(event, signal);
      case 'unban':
        return this.#unban(event, signal);
      case 'already-banned':
        return this.#goOn(event, signal);
      case 'prolonged':
        return this.#prolong(event, signal);
    }
  }

  /** Lets those in that it was told to ban and whose ids are not among these; resolves to all that went wrong. */
  async keepOnly(ids: ReadonlySet<string>, signal?: AbortSignal): Promise<readonly BanActionError[]> {
    const faults: BanActionError[] = [];
    for (const ticket of this.#bans.tickets) {
      if (ids.has(ticket.id)) continue;
      this.#bans.forget(ticket.id);
      const fault = await this.#release(ticket, signal);
      if (fault) faults.push(fault);
    }
    return faults;
  }

  /** Whether it was told to ban this id. */
  isTold(id: string): boolean {
    return this.#bans.get(id) !== undefined;
  }

  /**
   * Lets all in at once where the action has an actionflush: their unbans then need no command. Where it has none nothing
   * is done. Resolves to all that went wrong.
   */
  async flush(signal?: AbortSignal): Promise<readonly BanActionError[]> {
    if (!this.#texts.has('actionflush')) return [];
    const faults = await this.#flush(signal);
    if (faults.length === 0) this.#bans.clear();
    return faults;
  }

  /** Runs actionreload for all that is started; resolves to all that went wrong. */
  async reload(signal?: AbortSignal): Promise<readonly BanActionError[]> {
    return this.#parts.forEach('actionreload', this.#parts.started, signal);
  }

  /** Runs one operation by hand, whatever has been run before. */
  async perform(operation: Operation, ban: Ban | undefined, signal?: AbortSignal): Promise<Fault> {
    if (ban === undefined) return (await this.#parts.forEach(operation, this.#texts.parts, signal))[0];
    await this.#learnName(ban);
    const [script] = this.#scripts(operation, ban);
    return script && this.#run(operation, script, signal);
  }

  /** What {@link start} would run now. */
  foreseeStart(): readonly ShellScript[] {
    if (this.#config.startOnDemand) return [];
    const scripts = this.#texts.parts.flatMap((part) => this.#parts.foreseeStart(part));
    return scripts.filter(({ script }, n) => scripts.findIndex((other) => other.script === script) === n);
  }

  /** What {@link apply} would run now, if all goes well. */
  foresee(event: BanEvent): readonly ShellScript[] {
    switch (event.kind) {
      case 'ban': {
        if (event.restored && this.#config.noRestored) return [];
        return [...this.#parts.foreseeStart(this.#partOf(event)), ...this.#scripts('actionban', event)];
      }
      case 'unban': {
        const ticket = this.#bans.get(event.id)?.ticket ?? ticketOfUnban(event);
        return this.#bans.hasBanned(ticket) ? this.#scripts('actionunban', ticket) : [];
      }
      case 'already-banned': {
        const ticket = ticketOfProlonged(event, this.#bans.get(event.id)?.ticket);
        return event.extended ? this.#scripts('actionprolong', ticket) : [];
      }
      case 'prolonged': {
        const remembered = this.#bans.get(event.id);
        if (remembered?.isRun === false) return [];
        return this.#scripts('actionprolong', ticketOfProlonged(event, remembered?.ticket));
      }
    }
  }

  /** Lets all in again and runs actionstop; resolves to all that went wrong. */
  async stop(): Promise<readonly BanActionError[]> {
    const faults: BanActionError[] = [];
    if (this.#texts.has('actionflush')) faults.push(...(await this.#flush()));
    else
      for (const ticket of this.#bans.tickets) {
        const fault = await this.#release(ticket);
        if (fault) faults.push(fault);
      }
    faults.push(...(await this.#parts.stop()));
    this.#bans.clear();
    this.#checkedMs.clear();
    return faults;
  }

  async #ban(event: Ban, signal?: AbortSignal): Promise<Fault> {
    const refusal = this.#bans.refusal(event, whoRuns('actionban', this.#config, this.#options.surroundings.jail));
    if (refusal) return refusal;
    const part = this.#partOf(event);
    const isRun = !(event.restored && this.#config.noRestored);
    this.#bans.remember(event, isRun, this.#parts.epochOf(part));
    return isRun ? this.#cutOff('actionban', event, signal) : undefined;
  }

  async #unban(event: Unban, signal?: AbortSignal): Promise<Fault> {
    const ticket = this.#bans.get(event.id)?.ticket ?? ticketOfUnban(event);
    this.#bans.forget(event.id);
    return this.#release(ticket, signal);
  }

  /** A banned one goes on: perhaps the ban is gone, and perhaps it lasts longer now. */
  async #goOn(event: AlreadyBanned, signal?: AbortSignal): Promise<Fault> {
    const remembered = this.#bans.get(event.id);
    const ticket = ticketOfProlonged(event, remembered?.ticket);
    if (remembered) remembered.ticket = ticket;
    const part = this.#partOf(event);
    if (event.timeMs - event.bannedAtMs > SOON_MS) {
      const fault = await this.#checkAgain(part, signal);
      if (fault) return fault;
    }
    if (remembered?.isRun && remembered.epoch < this.#parts.epochOf(part)) {
      return this.#cutOff(this.#texts.has('actionreban') ? 'actionreban' : 'actionban', ticket, signal);
    }
    return event.extended ? this.#attempt('actionprolong', ticket, true, signal) : undefined;
  }

  /** The ban lasts longer: not said for a restored one that the action was not run for. */
  async #prolong(event: Prolonged, signal?: AbortSignal): Promise<Fault> {
    const remembered = this.#bans.get(event.id);
    const ticket = ticketOfProlonged(event, remembered?.ticket);
    if (remembered) remembered.ticket = ticket;
    return remembered?.isRun === false ? undefined : this.#attempt('actionprolong', ticket, true, signal);
  }

  /** Waits for the name of the address where a command is to be told it, so that the tag finds it known. */
  async #learnName({ address }: Pick<Ticket, 'address'>): Promise<void> {
    const { resolver } = this.#options.surroundings;
    if (address && resolver && this.#texts.mentionsHost) await resolver.nameOf(address);
  }

  async #cutOff(operation: 'actionban' | 'actionreban', ticket: Ticket, signal?: AbortSignal): Promise<Fault> {
    const part = this.#partOf(ticket);
    const fault = (await this.#parts.start(part, signal)) ?? (await this.#attempt(operation, ticket, true, signal));
    if (fault) return fault;
    const remembered = this.#bans.get(ticket.id);
    if (remembered) remembered.epoch = this.#parts.epochOf(part);
    this.#bans.note(ticket);
    return undefined;
  }

  async #release(ticket: Ticket, signal?: AbortSignal): Promise<Fault> {
    if (!this.#bans.hasBanned(ticket)) return undefined;
    return this.#attempt('actionunban', ticket, this.#config.repairOnUnban, signal);
  }

  async #flush(signal?: AbortSignal): Promise<readonly BanActionError[]> {
    const parts = new Set(this.#bans.families.map((family) => this.#texts.partOf(family)));
    return this.#parts.forEach('actionflush', [...parts], signal);
  }

  async #checkAgain(part: Part, signal?: AbortSignal): Promise<Fault> {
    const nowMs = this.#options.clock.nowMs();
    const lastMs = this.#checkedMs.get(part) ?? Number.NEGATIVE_INFINITY;
    if (!this.#parts.isStarted(part) || nowMs - lastMs < this.#options.checkIntervalMs) return undefined;
    this.#checkedMs.set(part, nowMs);
    return this.#parts.ensureSane(part, true, signal);
  }

  /** Runs a command; when it fails, checks (and repairs) what it acts on and runs it once more. */
  async #attempt(operation: Operation, ticket: Ticket, mayRepair: boolean, signal?: AbortSignal): Promise<Fault> {
    const [script] = this.#scripts(operation, ticket);
    if (script === undefined) return undefined;
    const first = await this.#run(operation, script, signal);
    if (first === undefined || signal?.aborted || first.code === 'ERR_BAN_ACTION_MISSING') return first;
    const broken = await this.#parts.ensureSane(this.#partOf(ticket), mayRepair, signal);
    if (broken) return mayRepair ? broken : first;
    return this.#run(operation, script, signal);
  }

  #scripts(operation: Operation, ticket: Ticket): readonly ShellScript[] {
    const script = this.#texts.script(operation, this.#subjectOf(ticket));
    return script ? [script] : [];
  }

  #partOf(ticket: Pick<Ticket, 'id' | 'address'>): Part {
    return this.#texts.partOf(familyOf(ticket));
  }

  #subjectOf(ticket: Ticket): Subject {
    return { ticket, family: familyOf(ticket) ?? '', surroundings: this.#options.surroundings };
  }

  #subjectOfPart(part: Part): Subject {
    const { clock, banTimeMs, surroundings } = this.#options;
    return { ticket: emptyTicket(clock.nowMs(), banTimeMs), family: part, surroundings };
  }
}

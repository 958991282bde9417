import type { Family } from '@sluice/fail2ban-config';
import type { Ban } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';
import type { ActionTexts, Operation } from './action-texts.ts';
import { familyOf, type Ticket } from './ticket.ts';

/** A ban that an action was told of. */
export interface Remembered {
  ticket: Ticket;
  /** False for a restored ban that the action does not run for. */
  readonly isRun: boolean;
  /** Epoch of its part when the ban was run. */
  epoch: number;
}

/** The bans of one action, as far as later commands need them. */
export class RememberedBans {
  readonly #bans = new Map<string, Remembered>();
  readonly #families = new Set<Family | undefined>();
  readonly #max: number;
  readonly #later: readonly Operation[];
  readonly #hasMatches: boolean;
  readonly #hasGroups: boolean;

  constructor(texts: ActionTexts, max: number) {
    this.#max = max;
    const again: readonly Operation[] = texts.has('actioncheck') ? ['actionreban', 'actionban'] : [];
    this.#later = ([...again, 'actionunban', 'actionprolong'] as const).filter((operation) => texts.has(operation));
    this.#hasMatches = texts.mentions(this.#later, 'matches>');
    this.#hasGroups = texts.mentions(this.#later, '<F-');
  }

  get(id: string): Remembered | undefined {
    return this.#bans.get(id);
  }

  get tickets(): readonly Ticket[] {
    return [...this.#bans.values()].map(({ ticket }) => ticket);
  }

  /** The error for a ban that there is no room for; undefined when there is. */
  refusal({ id }: Ban, who: string): BanActionError | undefined {
    if (this.#bans.size < this.#max || this.#bans.has(id)) return undefined;
    return new BanActionError(
      'ERR_BAN_ACTION_FULL',
      `${who}: ${this.#max} bans are remembered, there is no room for more`,
      {
        limit: this.#max,
        cure: 'raise `maxBans`, or shorten the bans',
      },
    );
  }

  remember({ kind, jail, endMs, ...ban }: Ban, isRun: boolean, epoch: number): void {
    if (this.#later.length === 0) return;
    const matches = this.#hasMatches ? ban.matches : [];
    const groups = this.#hasGroups ? ban.groups : {};
    this.#bans.set(ban.id, { ticket: { ...ban, matches, groups }, isRun, epoch });
  }

  forget(id: string): void {
    this.#bans.delete(id);
  }

  /** Notes that the action has banned one of the ticket's family. */
  note(ticket: Pick<Ticket, 'id' | 'address'>): void {
    this.#families.add(familyOf(ticket));
  }

  /** Whether the action has banned one of the ticket's family since its start. */
  hasBanned(ticket: Pick<Ticket, 'id' | 'address'>): boolean {
    return this.#families.has(familyOf(ticket));
  }

  /** The families that the action has banned of since its start; undefined is what is no address. */
  get families(): readonly (Family | undefined)[] {
    return [...this.#families];
  }

  clear(): void {
    this.#bans.clear();
    this.#families.clear();
  }
}

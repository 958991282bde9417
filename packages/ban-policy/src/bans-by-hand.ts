import { type Clock, type NameResolver, parseAddress } from '@sluice/pipeline';
import type { BanDecider } from './ban-decider.ts';
import type { BanList } from './ban-list.ts';
import { idOf } from './id-of.ts';
import { idsWithin } from './ids-within.ts';
import { after, type Eventually } from './ignore/eventually.ts';
import type { Suspect } from './ignore/suspect.ts';
import type { Restorer } from './restorer.ts';
import type { KeptBan } from './state/kept-state.ts';

/** What bans by hand work with. */
export interface ByHandParts {
  readonly bans: BanList<KeptBan>;
  readonly clock: Clock;
  readonly decider: BanDecider;
  readonly restorer: Restorer;
  readonly resolver: NameResolver | undefined;
  /** Throws where nobody takes decisions. */
  readonly mustBeAttached: () => void;
}

const readsLikeHost = /^(?=.*[a-z])[a-z\d][a-z\d.-]{0,252}$/i;

/** Who a person means by a text. */
export function suspectOf(text: string): Suspect {
  const id = idOf(text);
  const address = parseAddress(id);
  return { id, ...(address && { address }) };
}

/** Bans that a person begins and ends: see the methods of the same names of `BanPolicy`. */
export class BansByHand {
  readonly #parts: ByHandParts;

  constructor(parts: ByHandParts) {
    this.#parts = parts;
  }

  isBanned(id: string): boolean {
    return this.#parts.bans.get(idOf(id)) !== undefined;
  }

  bannedWithin(network: string): readonly string[] {
    return idsWithin(network, this.#parts.bans);
  }

  ban(text: string): boolean {
    const { bans, clock, decider, mustBeAttached } = this.#parts;
    mustBeAttached();
    const who = suspectOf(text);
    const isNew = bans.get(who.id) === undefined;
    decider.reach({ ...who, groups: {}, timeMs: clock.nowMs(), failures: 0, matches: [] });
    return isNew;
  }

  unban(text: string): boolean {
    const { decider, restorer, mustBeAttached } = this.#parts;
    mustBeAttached();
    const id = idOf(text);
    restorer.hasten(id);
    return decider.unban(id);
  }

  unbanWithin(network: string): readonly string[] {
    return this.#endAll(() => this.bannedWithin(network));
  }

  unbanMeant(target: string): Eventually<readonly string[]> {
    if (this.unban(target)) return [idOf(target)];
    const ids = this.unbanWithin(target);
    const { resolver } = this.#parts;
    if (ids.length > 0 || resolver === undefined || !readsLikeHost.test(target)) return ids;
    return after(resolver.addressesOf(target), (addresses) =>
      addresses.map(({ text }) => text).filter((text) => this.unban(text)),
    );
  }

  unbanAll(): number {
    return this.#endAll(() => [...this.#parts.bans].map(({ id }) => id)).length;
  }

  #endAll(find: () => readonly string[]): readonly string[] {
    const { decider, restorer, mustBeAttached } = this.#parts;
    mustBeAttached();
    restorer.hasten();
    const ids = find();
    for (const id of ids) decider.unban(id);
    return ids;
  }
}

import { BanActionError } from '../ban-action-error.ts';
import type { Family } from '../drivers/firewall-options.ts';
import type { BlockedNetwork } from '../networks/network-driver.ts';
import type { IpsetProgram } from './ipset-program.ts';
import type { ResolvedIpsetOptions } from './options.ts';
import { readSaved, readSetKind } from './saved-set.ts';
import { changeLine, createLines, flushLines } from './set-lines.ts';

/** The set of one family. */
export class FamilySet {
  readonly name: string;
  /** Where the set is made anew, to be exchanged for the old one. */
  readonly newName: string;
  readonly #options: ResolvedIpsetOptions;
  readonly #family: Family;
  readonly #ipset: IpsetProgram;

  constructor(options: ResolvedIpsetOptions, family: Family, ipset: IpsetProgram) {
    this.name = options.sets[family];
    this.newName = `${this.name}-new`;
    this.#options = options;
    this.#family = family;
    this.#ipset = ipset;
  }

  /** What makes the set; run again it is harmless. */
  get createLines(): string[] {
    return createLines(this.name, this.#family, this.#options);
  }

  /** What makes an empty set beside it, also where one was left behind. */
  get createNewLines(): string[] {
    return [...createLines(this.newName, this.#family, this.#options), ...flushLines(this.newName, this.#family)];
  }

  get flushLines(): string[] {
    return flushLines(this.name, this.#family);
  }

  get exchangeLine(): string {
    return `swap ${this.newName} ${this.name}`;
  }

  /**
   * Makes the set, or gives the one that stands from before the present options.
   *
   * @returns whether it was made
   * @throws BanActionError also for a set that is not ours
   */
  async ensure(signal?: AbortSignal): Promise<boolean> {
    const listing = await this.#ipset.read(['list', '-t', this.name], signal);
    await this.dropNew();
    if (listing === undefined) {
      await this.#ipset.runAll(this.createLines, signal);
      return true;
    }
    const kind = readSetKind(listing);
    if (kind.type !== 'hash:net' || kind.family !== this.#family || !kind.hasTimeouts)
      throw new BanActionError(
        'ERR_BAN_ACTION_REFUSED',
        `ipset: there is a set ${this.name} of another kind (${kind.type})`,
        { cure: 'destroy it, or choose another setPrefix' },
      );
    const isAsWanted = kind.maxElements === this.#options.maxElements && kind.hasComments;
    if (isAsWanted) await this.#ipset.runAll(this.createLines.slice(1), signal);
    else await this.#makeAnew(signal);
    return false;
  }

  async list(signal?: AbortSignal): Promise<BlockedNetwork[]> {
    return readSaved((await this.#ipset.read(['save', this.name], signal)) ?? '');
  }

  /** Removes the set beside it. None is there, as a rule: that it cannot be destroyed then is no fault. */
  async dropNew(): Promise<void> {
    await this.#ipset.run([`destroy ${this.newName}`]).catch(() => {});
  }

  async #makeAnew(signal?: AbortSignal): Promise<void> {
    const adds = (await this.list(signal)).map(({ expiresInMs = Number.POSITIVE_INFINITY, jail = '', ...network }) =>
      changeLine(this.newName, { kind: 'ban', ...network, jail, timeoutMs: expiresInMs, isKnown: true }),
    );
    try {
      const lines = adds.map((line) => line ?? '');
      await this.#ipset.runAll([...this.createNewLines, ...lines, this.exchangeLine], signal);
    } finally {
      await this.dropNew();
    }
  }
}

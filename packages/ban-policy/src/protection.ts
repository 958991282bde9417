import type { Failure } from '@sluice/pipeline';
import { IgnoreList } from './ignore-list.ts';
import type { ResolvedOptions } from './options.ts';
import { OwnAddresses } from './own-addresses.ts';
import type { Reporter } from './reporter.ts';

/** Who is not to be banned, and by which rule: this machine first, as in fail2ban, then the ignore list. */
export class Protection {
  readonly list: IgnoreList;
  readonly #own: OwnAddresses | undefined;

  /** @param reporter told when this machine's addresses cannot be read */
  constructor({ ignore, ignoreSelf }: Pick<ResolvedOptions, 'ignore' | 'ignoreSelf'>, reporter: Reporter) {
    this.list = new IgnoreList(ignore);
    const onFailed = (error: unknown): void =>
      reporter.reject('ERR_BAN_POLICY_OWN', `the addresses of this machine cannot be read: ${error}`, error);
    this.#own = ignoreSelf ? new OwnAddresses({ onFailed }) : undefined;
  }

  /** The rule that protects the address or id; undefined when none does. */
  ruleFor(who: Pick<Failure, 'id' | 'address'>, nowMs: number): 'self' | 'ip' | undefined {
    if (who.address !== undefined && this.#own?.has(who.address, nowMs)) return 'self';
    return this.list.has(who) ? 'ip' : undefined;
  }
}

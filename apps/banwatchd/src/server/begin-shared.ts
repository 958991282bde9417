import type { BanStore } from '@sluice/ban-policy';
import type { Ban } from '@sluice/pipeline';
import type { SharedSinks } from '../jail/shared-sinks.ts';
import type { Logger } from '../log/fail2ban-log.ts';
import { bansOfBroken } from './bans-of-broken.ts';

export interface BeginOptions {
  /** undefined: nothing is kept over restarts, and what stands is not known. */
  readonly store: BanStore | undefined;
  /** Jails that are configured and cannot run; undefined when the others have not yet told of all their bans. */
  readonly broken: readonly string[] | undefined;
  readonly log: Logger;
}

/**
 * Starts what all jails ban with, when the jails have told it of the bans of before: those stand then, and no others.
 * Where not all of them are known, what stands is kept besides. Never rejects.
 */
export async function beginShared(
  shared: SharedSinks | undefined,
  { store, broken, log }: BeginOptions,
): Promise<void> {
  if (shared === undefined) return;
  const kept = store === undefined || broken === undefined ? undefined : await keptOf(store, broken, log);
  for (const ban of kept ?? []) shared.send(ban);
  await shared.begin(kept !== undefined);
}

/** Undefined where they cannot be read. */
async function keptOf(store: BanStore, broken: readonly string[], log: Logger): Promise<readonly Ban[] | undefined> {
  try {
    const kept = await bansOfBroken(store, broken, Date.now());
    if (kept.length > 0) log.warning(`${kept.length} bans stand of jails that cannot run`);
    return kept;
  } catch (error) {
    log.error(`The bans of jails that cannot run are not known: ${(error as Error).message}`);
    return undefined;
  }
}

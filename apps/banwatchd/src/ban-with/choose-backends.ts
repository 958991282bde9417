import type { BackendName, BanWith } from './backend-name.ts';
import { type BanWithFile, noBanWithFile, readBanWithFile } from './ban-with-file.ts';
import { type MadeBackend, makeBackend } from './make-backend.ts';
import type { BackendContext } from './maker.ts';

export interface ChoiceOptions {
  /** What is asked for at the call; goes before what the file says. */
  readonly banWith: readonly BanWith[] | undefined;
  /** ban-with.conf; undefined: none is read. */
  readonly file: string | undefined;
  /** Whether the file may be missing. */
  readonly isFileOptional: boolean;
  /** What holds where neither says anything. */
  readonly otherwise: BanWith;
}

/** What the daemon bans with. */
export interface ChosenBackends {
  /** Whether the jails' own actions run. */
  readonly runsActions: boolean;
  readonly backends: readonly MadeBackend[];
}

/**
 * Makes what is asked for, by its section of the file.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_BAN_WITH` with file, line and cure
 */
export function chooseBackends(options: ChoiceOptions, context: BackendContext): ChosenBackends {
  const { file, isFileOptional, otherwise } = options;
  const read: BanWithFile = file === undefined ? noBanWithFile : readBanWithFile(file, isFileOptional);
  const banWith = options.banWith ?? read.banWith ?? [otherwise];
  const names = [...new Set(banWith)].filter((name): name is BackendName => name !== 'actions');
  return {
    runsActions: banWith.includes('actions'),
    backends: names.map((name) => makeBackend(name, read.section(name), context)),
  };
}

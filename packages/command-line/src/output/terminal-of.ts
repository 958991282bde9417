import type { Io } from '../run/io.ts';
import { isTerminal } from './is-terminal.ts';

/** What output for people may rely on. */
export interface Terminal {
  readonly isTerminal: boolean;
  /** Width; undefined where it is not a terminal, or one that does not tell. */
  readonly columns: number | undefined;
  /** Colours are for terminals, unless `NO_COLOR` (no-color.org) is set to something. */
  readonly hasColor: boolean;
}

/** Whether standard output is a terminal, how wide it is, and whether it may have colours. */
export function terminalOf({ stdout, env }: Pick<Io, 'stdout' | 'env'>): Terminal {
  const isShown = isTerminal(stdout);
  return {
    isTerminal: isShown,
    columns: isShown ? process.stdout.columns : undefined,
    hasColor: isShown && (env['NO_COLOR'] ?? '') === '',
  };
}

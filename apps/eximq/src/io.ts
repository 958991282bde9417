import type { Io as OutputIo } from '@sluice/command-line';

/** What the program is connected to. */
export interface Io extends OutputIo {
  /** File descriptor that ids and answers are read from. */
  readonly stdin: number;
}

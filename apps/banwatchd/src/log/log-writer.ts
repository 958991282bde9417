import type { LogLevel } from './log-level.ts';

/** Where the lines of a log end up. Writing never waits and never throws; what cannot be written is counted and told. */
export interface LogWriter {
  /** @param line without a line break */
  write(line: string, level: LogLevel, name: string): void;
  /**
   * Opens the file anew, after a rotation; writes out what is held otherwise.
   * @throws the system's error, and goes on with the old file
   */
  flush(): void;
  /** Writes out what is held, as far as it can be, and lets go. */
  close(): Promise<void>;
}

/** What a writer tells of itself. */
export interface WriterTroubles {
  /** Something stands in the way; told once until it is over. */
  broken(reason: string): void;
  /** It is over, and so many lines were lost. */
  mended(lostLines: number): void;
}

/** Where a file is to be read on, and by what it is known again. Plain data, JSON as it is. */
export interface FileState {
  /** `source.id` of the file's chunks. */
  readonly id: string;
  /** Path under which it was followed; the file itself may have been renamed since. */
  readonly path: string;
  /** Device and inode, decimal: both can exceed 2^53. */
  readonly device: string;
  readonly inode: string;
  /** Offset of the first byte that is not committed. Before it lie whole lines only, unless {@link inCut}. */
  readonly position: number;
  /** True when {@link position} lies inside a line that was cut and whose rest is to be skipped. */
  readonly inCut: boolean;
  /** Of the file's first bytes. */
  readonly prefix: Fingerprint;
  /** Of the bytes that end at {@link position}. */
  readonly before: Fingerprint;
  /** When this was noted, ms since the epoch. */
  readonly notedMs: number;
  /**
   * When the path was last seen to lead to the file, ms since the epoch: what was made later may be unread. The file can
   * have been rotated away between that and {@link notedMs}. Absent: as `notedMs`.
   */
  readonly lookedMs?: number;
  /** True when it was read to its end and closed; kept for a while to know it again should it come back. */
  readonly closed: boolean;
}

/** A hash and what it was taken of. */
export interface Fingerprint {
  readonly bytes: number;
  /** The first 128 bits of the SHA-256, hex. */
  readonly hash: string;
}

/** What changed since the last save. */
export interface CheckpointChange {
  /** States to add, or to replace by {@link FileState.id}. */
  readonly put: readonly FileState[];
  /** Ids to forget. */
  readonly drop: readonly string[];
}

/**
 * Remembers file states over restarts. Changes are deltas, so that several sources can share one store as long as they
 * follow different paths.
 */
export interface CheckpointStore {
  /**
   * All states; none when nothing was ever saved. Throws when what was saved cannot be read; the source reports that
   * and goes on as if nothing had been saved.
   */
  load(): readonly FileState[];
  /** Makes a change durable; rejects when it could not. A change that was refused stays part of the next save. */
  save(change: CheckpointChange): Promise<void>;
  /** The same before it returns, also overtaking a save under way. For the end of a source. */
  saveSync(change: CheckpointChange): void;
}

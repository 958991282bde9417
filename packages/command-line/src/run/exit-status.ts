/** Exit statuses, as `--help` tells them. */
export const exitStatus = {
  done: 0,
  /** Nothing was found, or not all of it could be used. */
  problems: 1,
  /** Wrong usage, or nothing could be done. */
  failed: 2,
} as const;

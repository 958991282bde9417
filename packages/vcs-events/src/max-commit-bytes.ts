/** `maxCommitBytes` where it is not given. */
export const defaultMaxCommitBytes: number = 64 << 20;

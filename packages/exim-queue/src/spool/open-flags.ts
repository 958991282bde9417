import { constants } from 'node:fs';

/** For files of a spool: links there are none of Exim's, and opening a pipe must not wait for who writes to it. */
export const openFlags: number = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

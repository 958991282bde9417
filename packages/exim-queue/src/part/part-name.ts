/**
 * - `headers`: -H as it is, what `exim -Mvh` prints;
 * - `body`: -D as it is, what `exim -Mvb` prints;
 * - `log`: the message's log, what `exim -Mvl` prints;
 * - `message`: headers and body as they would be sent, what `exim -Mvc` prints.
 */
export type PartName = 'headers' | 'body' | 'log' | 'message';

/** Those that are a file of their own. */
export type FilePart = Exclude<PartName, 'message'>;

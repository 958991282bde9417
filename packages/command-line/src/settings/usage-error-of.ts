/** Makes a program's own error of a fault of its command line and the cure, each a part of one line. */
export type UsageErrorOf = (fault: string, cure: string) => Error;

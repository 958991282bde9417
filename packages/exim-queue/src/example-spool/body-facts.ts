const breakByte = 0x0a;

/** What -H says of the body. */
export interface BodyFacts {
  readonly lineCount: number;
  /** In bytes. */
  readonly longestLine: number;
  readonly zeroCount: number;
}

export function bodyFacts(bytes: Buffer): BodyFacts {
  let lineCount = 0;
  let longestLine = 0;
  let start = 0;
  for (let end = bytes.indexOf(breakByte); end >= 0; end = bytes.indexOf(breakByte, start)) {
    lineCount += 1;
    longestLine = Math.max(longestLine, end - start);
    start = end + 1;
  }
  let zeroCount = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) zeroCount += 1;
  return { lineCount, longestLine: Math.max(longestLine, bytes.length - start), zeroCount };
}

const maxQuotedChars = 200;

/** The last line that says something, quoted and after a colon: it may repeat what a stranger wrote. */
export function lastLine(stderr: string): string {
  const line =
    stderr
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1)
      ?.trim() ?? '';
  if (line === '') return '';
  const short = line.length > maxQuotedChars ? `${line.slice(0, maxQuotedChars)}…` : line;
  return `: ${JSON.stringify(short).replace(/\p{Cc}/gu, '\ufffd')}`;
}

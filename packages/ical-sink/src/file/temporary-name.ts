/** Name of a temporary file for a file of that name: hidden, and of its own for each process and time. */
export function temporaryName(base: string, pid: number, nonce: string): string {
  return `.${base}.${pid}-${nonce}.tmp`;
}

/** Of which process a temporary file of this name is, if it is one, and for which file. */
export function parseTemporaryName(name: string): { readonly base: string; readonly pid: number } | undefined {
  const match = /^\.(.+)\.(\d{1,10})-[0-9a-f]{8}\.tmp$/.exec(name);
  return match === null ? undefined : { base: match[1] ?? '', pid: Number(match[2]) };
}

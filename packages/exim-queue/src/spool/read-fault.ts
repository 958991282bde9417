/** What the system says in English where Exim reports it, which is what C's strerror has. */
const words: ReadonlyMap<string | undefined, string> = new Map([
  ['EACCES', 'Permission denied'],
  ['EPERM', 'Operation not permitted'],
  ['EIO', 'Input/output error'],
  ['EISDIR', 'Is a directory'],
  ['ELOOP', 'Too many levels of symbolic links'],
  ['EMFILE', 'Too many open files'],
  ['ENFILE', 'Too many open files in system'],
  ['ENXIO', 'No such device or address'],
  ['ESTALE', 'Stale file handle'],
]);
const absences: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR']);

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Whether the system's error says that there is nothing of that name. */
export const isAbsence = (error: unknown): boolean => absences.has(codeOf(error));

/** Why something cannot be read, in a few words. */
export function readFault(error: unknown): string {
  const code = codeOf(error);
  return words.get(code) ?? code ?? (error instanceof Error ? error.message : String(error));
}

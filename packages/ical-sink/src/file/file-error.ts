import { IcalSinkError } from '../ical-sink-error.ts';

const cures: ReadonlyMap<string | undefined, string> = new Map([
  ['EACCES', 'allow it, or choose another folder'],
  ['EPERM', 'allow it, or choose another folder'],
  ['EROFS', 'choose a folder that can be written to'],
  ['ENOENT', 'make the folder first'],
  ['ENOTDIR', 'choose a path whose folders are folders'],
  ['ENOSPC', 'free some space'],
  ['EDQUOT', 'free some space'],
  ['EMFILE', 'allow the process more open files'],
]);

/** What the system said about a file, as an error that names the file and the cure. One of this package stays as it is. */
export function fileError(error: unknown, path: string): IcalSinkError {
  if (error instanceof IcalSinkError) return error;
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  const cure = cures.get(code);
  const fault = message ?? String(error);
  return new IcalSinkError('ERR_ICAL_SINK_FILE', fault, { file: path, cause: error, ...(cure && { cure }) });
}

import { readFileSync } from 'node:fs';
import { reasonOf } from '@sluice/command-line';
import { ActivityCalendarError } from '../activity-calendar-error.ts';

const variable = 'ACTIVITY_CALENDAR_PASSWORD';
const maxFileBytes = 4096;

const noPassword = (fault: string, cure: string, details: object = {}): ActivityCalendarError =>
  new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_PASSWORD', fault, { ...details, cure });

/** The first line of a file. */
function fromFile(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw noPassword(reasonOf(cause), 'name a file that has the password as its first line', { file, cause });
  }
  const [password = ''] = bytes.toString().split(/\r?\n/, 1);
  if (password === '' || bytes.length > maxFileBytes) {
    throw noPassword('no password in it', 'write the password into its first line', { file });
  }
  return password;
}

/**
 * The password of a user: from a file, else from the environment. It is never an argument, which all users of a machine
 * could see. Undefined without a user, who then logs in as nobody.
 */
export function readPassword(
  { user, passwordFile }: { readonly user?: string; readonly passwordFile?: string },
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (user === undefined) return undefined;
  const password = passwordFile === undefined ? env[variable] : fromFile(passwordFile);
  if (password === undefined || password === '') {
    throw noPassword(`no password for ${user}`, `set ${variable}, or give --password-file FILE`);
  }
  return password;
}

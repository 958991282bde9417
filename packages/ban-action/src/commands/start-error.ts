import { BanActionError } from '../ban-action-error.ts';

/** Faults by Node's error code: [code of ours, what is wrong, cure]. */
const faults: ReadonlyMap<string | undefined, readonly [string, string, string]> = new Map([
  ['ENOENT', ['ERR_BAN_ACTION_MISSING', 'there is no such program', 'install it, or put its folder into PATH']],
  ['EACCES', ['ERR_BAN_ACTION_PERMISSION', 'it may not be run', 'make it executable for this user']],
  ['EPERM', ['ERR_BAN_ACTION_PERMISSION', 'it may not be run', 'make it executable for this user']],
  ['E2BIG', ['ERR_BAN_ACTION_FAILED', 'the command is too long', 'shorten it: Linux takes 128 KiB in one argument']],
  ['EAGAIN', ['ERR_BAN_ACTION_FAILED', 'there are too many processes', 'raise the limit of processes']],
  ['EMFILE', ['ERR_BAN_ACTION_FAILED', 'too many files are open', 'raise the limit of open files']],
]);

/**
 * The error for a program that a `CommandRunner` could not start.
 *
 * @param who what wanted to run it, to begin the message with
 */
export function startError(who: string, program: string, cause: unknown): BanActionError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const known = faults.get(code);
  if (known === undefined)
    return new BanActionError('ERR_BAN_ACTION_FAILED', `${who}: \`${program}\` could not be started: ${message}`, {
      cause,
    });
  const [ours, fault, cure] = known;
  return new BanActionError(ours, `${who}: \`${program}\`: ${fault}`, { value: program, cure, cause });
}

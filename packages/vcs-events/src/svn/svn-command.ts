import type { Command } from '@sluice/pipeline/node';

/**
 * Subversion's client, which asks for nothing and stores no password. Its own configuration, with passwords that are
 * stored, stays that of the user.
 */
export function svnCommand(args: readonly string[], extra: Partial<Command> = {}): Command {
  const [subcommand = '', ...others] = args;
  return {
    ...extra,
    program: 'svn',
    args: [subcommand, '--non-interactive', '--no-auth-cache', ...others],
    env: {
      // Messages that can be recognized, and paths that are not ASCII, which Subversion refuses to open under plain C.
      LC_ALL: 'C.UTF-8',
      LANGUAGE: undefined,
      // ssh must not ask either. Who has a command of their own keeps it.
      SVN_SSH: process.env['SVN_SSH'] ?? 'ssh -o BatchMode=yes --',
      ...extra.env,
    },
  };
}

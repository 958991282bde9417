import type { Command } from '@sluice/pipeline/node';

/**
 * Mercurial in a repository that is not trusted: its `.hg/hgrc`, which can name extensions and hooks, is not read. The
 * configuration of the user and of the machine is.
 *
 * @param cwd the repository: a path among the arguments could be taken for something else
 */
export const hgCommand = (args: readonly string[], cwd: string): Command => ({
  program: 'hg',
  args,
  cwd,
  env: {
    HGRCSKIPREPO: '1',
    // No aliases, no defaults, no colours, no pager, English.
    HGPLAIN: '1',
    HGPLAINEXCEPT: undefined,
    // Else what the locale cannot say becomes question marks.
    HGENCODING: 'utf-8',
    HGENCODINGMODE: undefined,
    // A hook that runs us would show changesets that may yet be rolled back.
    HG_PENDING: undefined,
    // A server that is running already has another environment.
    CHGDISABLE: '1',
    LANGUAGE: undefined,
  },
});

import type { Command } from '@sluice/pipeline/node';

/** What a repository's own configuration could make Git run or change, switched off. */
const settings = [
  'log.showSignature=false',
  'log.showRoot=true',
  'log.follow=false',
  // We ask for names as they are. Looking up others would need a file, which a clone without files does not have.
  'log.mailmap=false',
  'core.quotePath=false',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'diff.renames=true',
  'diff.relative=false',
].flatMap((setting) => ['-c', setting]);

/** Variables by which a caller's Git, in a hook for instance, would turn ours to another repository or reading of paths. */
const foreign = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
];

const environment: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(foreign.map((name) => [name, undefined])),
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  // Git before 2.45 does not know the line above. No transport has this name.
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_PAGER: 'cat',
  // Whole buffers instead of one write for each commit: half the time.
  GIT_FLUSH: '0',
};

/** Git in a repository that is not trusted: no program that its configuration names is run, no network is used. */
export function gitCommand(directory: string, args: readonly string[], extra: Partial<Command> = {}): Command {
  return {
    ...extra,
    program: 'git',
    args: ['-C', directory, ...settings, ...args],
    env: { ...environment, ...extra.env },
  };
}

import type { Command } from 'commander';
import { type CommandWords, commandTree, type OptionWords } from './command-tree.ts';

/** The function that completes: `_my_program`. */
export const functionName = (program: Command): string => `_${program.name().replaceAll('-', '_')}`;

/** The options by what follows them; an option means the same wherever it is. */
const withValue = (tree: readonly CommandWords[], follows: (value: OptionWords['value']) => boolean): OptionWords[] => {
  const found = tree.flatMap(({ options }) => options).filter(({ value }) => follows(value));
  return [...new Map(found.map((option) => [option.flags[0], option])).values()];
};

/** One case of a shell's `case`; nothing where there is nothing to fit. */
const caseOf = (words: readonly string[], body: string): string[] =>
  words.length === 0 ? [] : [`    ${words.join('|')}) ${body} ;;`];

/** How the command that a word belongs to is found. */
const commandCases = (tree: readonly CommandWords[]): string[] => [
  ...caseOf(
    tree.map(({ path }) => path).filter((path) => path !== ''),
    'path="$path/$word"',
  ),
  ...tree.flatMap(({ path, aliasPaths }) => caseOf(aliasPaths, `path='${path}'`)),
];

/** What is offered behind an option that takes a value. */
function valueCases(tree: readonly CommandWords[]): string[] {
  const flagsWith = (kind: OptionWords['value']): string[] =>
    withValue(tree, (value) => value === kind).flatMap(({ flags }) => flags);
  const choices = withValue(tree, (value) => typeof value === 'object').flatMap(({ flags, value }) =>
    caseOf(flags, `COMPREPLY=($(compgen -W '${(value as readonly string[]).join(' ')}' -- "$cur")); return`),
  );
  return [
    ...choices,
    ...caseOf(flagsWith('path'), 'COMPREPLY=($(compgen -f -- "$cur")); return'),
    ...caseOf(flagsWith('free'), 'return'),
  ];
}

/** The function in the language of bash, which zsh understands too. */
export function completionFunction(program: Command): string {
  const tree = commandTree(program);
  const cases = tree.map(({ path, commands, options, words }) => {
    const first = [...commands.map(({ name }) => name), ...words].join(' ');
    return `    '${path}') words='${first}'; options='${options.flatMap(({ flags }) => flags).join(' ')}' ;;`;
  });
  return `${functionName(program)}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' options='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path/$word" in
${commandCases(tree).join('\n')}
    esac
  done
  case "$prev" in
${valueCases(tree).join('\n')}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  case "$cur" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
  esac
}`;
}

/** Completion for bash. Where there is no word of ours, it completes file names. */
export const bashScript = (program: Command): string => `# eval "$(${program.name()} completion bash)"
${completionFunction(program)}
complete -o default -F ${functionName(program)} ${program.name()}
`;

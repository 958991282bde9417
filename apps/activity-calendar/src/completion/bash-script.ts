import type { Command } from 'commander';
import { type CommandWords, commandTree, type OptionWords } from './command-tree.ts';

/** `_activity_calendar`, the function that completes. */
export const functionName = (program: Command): string => `_${program.name().replaceAll('-', '_')}`;

/** The options by what follows them; an option means the same wherever it is. */
const withValue = (tree: readonly CommandWords[], follows: (value: OptionWords['value']) => boolean): OptionWords[] => {
  const found = tree.flatMap(({ options }) => options).filter(({ value }) => follows(value));
  return [...new Map(found.map((option) => [option.flags[0], option])).values()];
};

const pattern = (options: readonly OptionWords[]): string => options.flatMap(({ flags }) => flags).join('|');

/** The function in the language of bash, which zsh understands too. */
export function completionFunction(program: Command): string {
  const tree = commandTree(program);
  const paths = tree.map(({ path }) => path).filter((path) => path !== '');
  const choices = withValue(tree, (value) => typeof value === 'object');
  const cases = tree.map(({ path, commands, options, words }) => {
    const first = [...commands.map(({ name }) => name), ...words].join(' ');
    return `    '${path}') words='${first}'; options='${options.flatMap(({ flags }) => flags).join(' ')}' ;;`;
  });
  return `${functionName(program)}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' options='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path/\${COMP_WORDS[i]}" in
      ${paths.join('|')}) path="$path/\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$prev" in
${choices
  .map(
    ({ flags, value }) =>
      `    ${flags.join('|')}) COMPREPLY=($(compgen -W '${(value as readonly string[]).join(' ')}' -- "$cur")); return ;;`,
  )
  .join('\n')}
    ${pattern(withValue(tree, (value) => value === 'path'))}) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    ${pattern(withValue(tree, (value) => value === 'free'))}) return ;;
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

import type { Command } from 'commander';
import { functionName } from './bash-script.ts';
import { type CommandWords, commandTree, type OptionWords } from './command-tree.ts';

/** Within single quotes fish knows `\'` and `\\` only. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function argumentOf({ value }: OptionWords): string {
  if (value === 'none') return '';
  if (value === 'path') return ' -r -F';
  return value === 'free' ? ' -x' : ` -x -a ${quoted(value.join(' '))}`;
}

function flagsOf({ flags }: OptionWords): string {
  return flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
}

function linesOf(name: string, at: string, { path, commands, options, words }: CommandWords): string[] {
  const before = `complete -c ${name} -n ${quoted(`${at} "${path}"`)}`;
  return [
    ...commands.map((command) => `${before} -f -a ${command.name} -d ${quoted(command.help)}`),
    ...(words.length === 0 ? [] : [`${before} -f -a ${quoted(words.join(' '))}`]),
    ...options.map((option) => `${before} ${flagsOf(option)}${argumentOf(option)} -d ${quoted(option.help)}`),
  ];
}

const caseOf = (paths: readonly string[], path: string): string[] =>
  paths.length === 0 ? [] : [`      case ${paths.join(' ')}\n        set path ${path}`];

/** How the command that a word belongs to is found. */
const commandCases = (tree: readonly CommandWords[]): string[] => [
  ...caseOf(
    tree.map(({ path }) => path).filter((path) => path !== ''),
    '"$path/$word"',
  ),
  ...tree.flatMap(({ path, aliasPaths }) => caseOf(aliasPaths, quoted(path))),
];

/** Completion for fish. */
export function fishScript(program: Command): string {
  const tree = commandTree(program);
  const at = `_${functionName(program)}_at`;
  return `# ${program.name()} completion fish | source
function ${at}
  set -l path
  for word in (commandline -opc)[2..-1]
    switch "$path/$word"
${commandCases(tree).join('\n')}
    end
  end
  test "$path" = "$argv[1]"
end
${tree.flatMap((command) => linesOf(program.name(), at, command)).join('\n')}
`;
}

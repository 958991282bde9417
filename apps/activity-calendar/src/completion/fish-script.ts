import type { Command } from 'commander';
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

function linesOf(name: string, { path, commands, options, words }: CommandWords): string[] {
  const at = `complete -c ${name} -n ${quoted(`__activity_calendar_at "${path}"`)}`;
  return [
    ...commands.map((command) => `${at} -f -a ${command.name} -d ${quoted(command.help)}`),
    ...(words.length === 0 ? [] : [`${at} -f -a ${quoted(words.join(' '))}`]),
    ...options.map((option) => `${at} ${flagsOf(option)}${argumentOf(option)} -d ${quoted(option.help)}`),
  ];
}

/** Completion for fish. */
export function fishScript(program: Command): string {
  const tree = commandTree(program);
  const paths = tree.map(({ path }) => path).filter((path) => path !== '');
  return `# ${program.name()} completion fish | source
function __activity_calendar_at
  set -l path
  for word in (commandline -opc)[2..-1]
    switch "$path/$word"
      case ${paths.join(' ')}
        set path "$path/$word"
    end
  end
  test "$path" = "$argv[1]"
end
${tree.flatMap((command) => linesOf(program.name(), command)).join('\n')}
`;
}

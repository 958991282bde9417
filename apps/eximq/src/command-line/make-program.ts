import type { OptionTexts } from '@sluice/command-line';
import { addSettings, completionCommand } from '@sluice/command-line/commander';
import { Command } from 'commander';
import { globalSettings } from '../settings/global-settings.ts';
import { type CommandSpec, commandSpecs } from './command-specs.ts';
import { helpOf, programExamples } from './examples.ts';
import type { Request } from './request.ts';

type OnRequest = (request: Request) => void;

/** commander takes `--no-aside` for the opposite of an option `--aside`, which there is not. */
function optionsOf(self: Command): OptionTexts {
  const { aside, ...options } = self.optsWithGlobals<Record<string, OptionTexts[string]>>();
  return aside === false ? { ...options, noAside: true } : options;
}

function commandOf({ name, alias, help, operands, settings }: CommandSpec, onRequest: OnRequest): Command {
  const command = new Command(name).description(help);
  if (alias !== undefined) command.alias(alias);
  if (operands !== undefined) command.argument(operands, 'ids of messages; - for ids on standard input, one a line');
  for (const table of settings) addSettings(command, table);
  command.addHelpText('after', helpOf(name, settings));
  return command.action((...given: unknown[]) => {
    const ids = operands === undefined ? [] : (given[0] as readonly string[]);
    onRequest({ command: name, operands: ids, options: optionsOf(command) });
  });
}

/**
 * The command line: its commands, options and help. Values stay texts.
 *
 * @param onRequest gets what is asked for when the program has parsed its arguments
 */
export function makeProgram(onRequest: OnRequest): Command {
  const program = new Command('eximq')
    .description('The Exim queue: list, filter, view, watch, and act on its messages.')
    .addHelpText('after', programExamples);
  program.configureHelp({ showGlobalOptions: true }).usage('COMMAND [options]');
  addSettings(program, globalSettings);
  for (const spec of commandSpecs()) program.addCommand(commandOf(spec, onRequest));
  program.addCommand(completionCommand(program, (text) => onRequest({ command: 'print', text })));
  return program;
}

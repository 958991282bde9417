import { Argument, Command } from 'commander';
import { completionScripts } from './completion-scripts.ts';

/**
 * The command `completion`, which prints the script for a shell.
 *
 * @param program whose command line is completed; the script has the commands that it has when the script is asked for
 * @param print gets the script
 */
export const completionCommand = (program: Command, print: (script: string) => void): Command =>
  new Command('completion')
    .description('print a script that completes this command line')
    .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(completionScripts)))
    .action((shell: keyof typeof completionScripts) => print(completionScripts[shell](program)));

import type { Command } from 'commander';
import { bashScript } from './bash-script.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

/**
 * The script that completes a program's command line, by shell: its commands, options, and the words that options and
 * arguments can be. A value that the help calls `FILE` or `FOLDER` is completed as a path.
 *
 * An option has to mean the same in all commands, and words that can be chosen consist of letters, digits and `-`.
 */
export const completionScripts: Readonly<Record<'bash' | 'zsh' | 'fish', (program: Command) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

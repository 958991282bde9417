import type { Command } from 'commander';
import { completionFunction, functionName } from './bash-script.ts';

/** Completion for zsh, by its understanding of bash's. */
export const zshScript = (program: Command): string => `#compdef ${program.name()}
# eval "$(${program.name()} completion zsh)"
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${completionFunction(program)}
complete -o default -F ${functionName(program)} ${program.name()}
`;

export { addSettings } from './add-settings.ts';
export { completionCommand } from './completion/completion-command.ts';
export { completionScripts } from './completion/completion-scripts.ts';
export { parseArguments } from './parse-arguments.ts';

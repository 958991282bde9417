export type { ActionConfig } from './definitions/action-config.ts';
export type { FilterConfig } from './definitions/filter-config.ts';
export type { ConfigProblem, Fail2banConfig, JailConfig } from './jails/jail-config.ts';
export { commandStreamOf } from './loader/command-stream-of.ts';
export { globFiles } from './loader/glob-files.ts';
export { type LoadOptions, loadActionConfig, loadConfig, loadFilterConfig } from './loader/load-config.ts';
export { nodeConfigFiles } from './loader/node-config-files.ts';

export type { ConfigFiles } from './config-files.ts';
export type { ActionCommands, ActionConfig, Family } from './definitions/action-config.ts';
export type { FilterConfig, UseDns } from './definitions/filter-config.ts';
export { type ReadActionOptions, readAction } from './definitions/read-action.ts';
export { readFilter } from './definitions/read-filter.ts';
export { Fail2banConfigError, type Fail2banConfigErrorCode } from './fail2ban-config-error.ts';
export type { IniFile, IniSection } from './ini/ini-file.ts';
export { parseIni } from './ini/parse-ini.ts';
export { changeJail } from './jails/change-jail.ts';
export { readIgnoreCache } from './jails/ignore-cache.ts';
export type {
  BackendName,
  BanTimeIncrement,
  ConfigProblem,
  CountingWindow,
  Fail2banConfig,
  IgnoreCache,
  JailConfig,
  LogPath,
} from './jails/jail-config.ts';
export { type ReadConfigOptions, readConfig } from './jails/read-config.ts';
export { readIncrement } from './jails/read-increment.ts';
export { memoryFiles } from './memory-files.ts';
export type { Place, Setting } from './place.ts';
export type { ServerConfig } from './server/server-config.ts';
export { type CommandStreamOptions, commandStream } from './stream/command-stream.ts';
export type { Json } from './stream/json.ts';
export { pythonRepr } from './stream/python-repr.ts';
export { isFloatDuration, parseDuration, parseTimeMs } from './syntax/parse-duration.ts';
export { type ListedOption, type OptionList, parseOptionList } from './syntax/parse-option-list.ts';
export { splitShellWords } from './syntax/split-shell-words.ts';

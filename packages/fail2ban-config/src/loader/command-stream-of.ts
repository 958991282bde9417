import type { Fail2banConfig } from '../jails/jail-config.ts';
import { commandStream } from '../stream/command-stream.ts';
import type { Json } from '../stream/json.ts';
import { globFiles } from './glob-files.ts';

/** As {@link commandStream}, with the log files that are on disk now. */
export const commandStreamOf = (config: Fail2banConfig): readonly (readonly Json[])[] =>
  commandStream(config, { glob: globFiles });

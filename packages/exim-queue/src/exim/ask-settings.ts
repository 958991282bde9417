import { type EximPlace, eximCommand, noExim } from './exim-command.ts';
import { eximFault, eximSaid, isStartFailure } from './exim-fault.ts';
import { spawnExim } from './spawn-exim.ts';

/** Exim's settings that tell how its queue is kept. What its release does not know is absent. */
export interface EximSettings {
  readonly spoolDirectory: string;
  /** `log_file_path` as it stands, see `mainlogPath`; `''` is Exim's default. */
  readonly logFilePath: string;
  readonly splitSpoolDirectory?: boolean;
  /** Without them no reasons of delays are kept. */
  readonly messageLogs?: boolean;
  readonly moveFrozenMessages?: boolean;
  /** In Exim's words: `1w`, `0s` for never. */
  readonly timeoutFrozenAfter?: string;
  /** In Exim's words. */
  readonly autoThaw?: string;
  readonly queueListRequiresAdmin?: boolean;
}

const names = [
  'spool_directory',
  'log_file_path',
  'split_spool_directory',
  'message_logs',
  'move_frozen_messages',
  'timeout_frozen_after',
  'auto_thaw',
  'queue_list_requires_admin',
];
const maxAnswerBytes = 1 << 20;
const timeoutMs = 30_000;

/**
 * Asks Exim for its settings (`-bP`), in one process. Any user may.
 *
 * @throws {EximQueueError} `NO_EXIM`; `EXIM` for faults of the configuration and where it does not tell its spool
 */
export async function askSettings(
  place: Pick<EximPlace, 'exim' | 'config'> & { readonly spoolDirectory?: string },
  signal?: AbortSignal,
): Promise<EximSettings> {
  const command = eximCommand(place, ['-bP', ...names]);
  const run = await spawnExim(command, { signal, timeoutMs, maxBytes: maxAnswerBytes }).catch((error: unknown) => {
    throw isStartFailure(error) ? noExim(`${command.program} cannot be run: ${error.message}`, error) : error;
  });
  signal?.throwIfAborted();
  const { texts, flags } = parseSettings(run.stdout);
  const spoolDirectory = texts.get('spool_directory') ?? '';
  if (spoolDirectory === '') {
    const fault = eximFault({ ...place, spoolDirectory: place.spoolDirectory ?? '' }, run.stderr);
    throw fault ?? eximSaid(`${command.program} does not tell its spool_directory`, run.stderr || run.stdout);
  }
  const text = <K extends string>(key: K, name: string) => {
    const value = texts.get(name);
    return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
  };
  const flag = <K extends string>(key: K, name: string) => {
    const value = flags.get(name);
    return value === undefined ? {} : ({ [key]: value } as Record<K, boolean>);
  };
  return {
    spoolDirectory,
    logFilePath: texts.get('log_file_path') ?? '',
    ...flag('splitSpoolDirectory', 'split_spool_directory'),
    ...flag('messageLogs', 'message_logs'),
    ...flag('moveFrozenMessages', 'move_frozen_messages'),
    ...text('timeoutFrozenAfter', 'timeout_frozen_after'),
    ...text('autoThaw', 'auto_thaw'),
    ...flag('queueListRequiresAdmin', 'queue_list_requires_admin'),
  };
}

/** Lines are `name = value`, and `name` or `no_name` for those that are on or off. */
function parseSettings(answer: string): { texts: Map<string, string>; flags: Map<string, boolean> } {
  const texts = new Map<string, string>();
  const flags = new Map<string, boolean>();
  for (const line of answer.split('\n')) {
    const [, name, value] = /^(\w+) = ?(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) texts.set(name, value);
    else if (/^\w+$/.test(line)) flags.set(line.replace(/^no_/, ''), !line.startsWith('no_'));
  }
  return { texts, flags };
}

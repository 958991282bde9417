import type { NetworkChange, NetworkDriver } from '../networks/network-driver.ts';

/** What a driver would do, as commands for people. */
export interface DriverCommands {
  start(): readonly string[];
  commit(changes: readonly NetworkChange[]): readonly string[];
  reconcile(bans: readonly NetworkChange[]): readonly string[];
  stop(): readonly string[];
}

/** A driver that gives `write` the commands in place of running anything. */
export function rehearsedDriver(
  { name, maxTimeoutMs }: Pick<NetworkDriver, 'name' | 'maxTimeoutMs'>,
  commands: DriverCommands,
  write: (command: string) => void,
): NetworkDriver {
  const tell = async (lines: readonly string[]): Promise<void> => {
    for (const line of lines) write(line);
  };
  return {
    name,
    maxTimeoutMs,
    start: () => tell(commands.start()),
    commit: (changes) => tell(commands.commit(changes)).then(() => new Map()),
    reconcile: (bans) => tell(commands.reconcile(bans)).then(() => new Map()),
    list: async () => [],
    stop: () => tell(commands.stop()),
    startCommands: () => commands.start(),
    commands: (changes) => commands.commit(changes),
    rehearse: (instead) => rehearsedDriver({ name, maxTimeoutMs }, commands, instead),
  };
}

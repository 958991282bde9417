import { memoryFiles, readConfig } from '@sluice/fail2ban-config';
import type { ControlPlane } from '../control/control-plane.ts';
import { openDaemonLog } from '../log/daemon-log.ts';

/** A daemon without jails, for what lies between it and its clients. */
export function fakePlane(lines: string[] = []): ControlPlane {
  const none = (): Promise<void> => Promise.resolve();
  return {
    version: '1.2.3',
    config: readConfig(memoryFiles({}), '/etc/fail2ban'),
    backends: [],
    jails: new Map(),
    log: openDaemonLog({ write: (line) => lines.push(line) }),
    database: { path: undefined, maxMatches: 10, purgeAgeMs: 86_400_000 },
    reload: none,
    startJail: none,
    stopJail: none,
    stop: none,
  };
}

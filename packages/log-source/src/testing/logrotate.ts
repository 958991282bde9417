import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

// The PATH of a plain user lacks the folder that logrotate is in.
const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };

/** Whether the real program is here. */
export const hasLogrotate = spawnSync('logrotate', ['--version'], { env }).status === 0;

/** `describe`, skipped without logrotate, with the way to get it; with CI=true its absence makes the tests fail. */
export const describeWithLogrotate = (title: string, tests: () => void): void => {
  if (hasLogrotate || process.env['CI'] === 'true') describe(title, tests);
  else describe.skip(`${title} (skipped: needs logrotate; install the package logrotate)`, tests);
};

/**
 * Rotates one log with logrotate, whatever its age.
 *
 * @param folder holds the log, and gets the configuration and the state file
 */
export function logrotate(folder: string, log: string, directives: readonly string[]): void {
  const config = `${folder}/rotate.conf`;
  writeFileSync(config, `"${log}" {\n  rotate 50\n  missingok\n  ${directives.join('\n  ')}\n}\n`, { mode: 0o644 });
  execFileSync('logrotate', ['--force', '--state', `${folder}/rotate.state`, config], { env, stdio: 'pipe' });
}

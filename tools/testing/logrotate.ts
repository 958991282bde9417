import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type Need, program } from './describe-with.ts';

/** The real program. */
export const logrotateProgram: Need = program('logrotate');

/**
 * Rotates one log with logrotate, whatever its age.
 *
 * @param folder holds the log, and gets the configuration and the state file
 */
export function logrotate(folder: string, log: string, directives: readonly string[]): void {
  const config = `${folder}/rotate.conf`;
  writeFileSync(config, `"${log}" {\n  rotate 50\n  missingok\n  ${directives.join('\n  ')}\n}\n`, { mode: 0o644 });
  execFileSync('logrotate', ['--force', '--state', `${folder}/rotate.state`, config], {
    env: process.env,
    stdio: 'pipe',
  });
}

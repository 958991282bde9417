import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The program as users start it. */
export const banwatch = fileURLToPath(new URL('../../bin/banwatch.cjs', import.meta.url));

// Node.js reads the certificates that this variable names at each start: 30 ms that are not this program's.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** Environment of our commands. */
export const ownEnvironment = env;

/**
 * Whether a program of fail2ban is there.
 *
 * @param {string} program
 * @returns {() => Promise<true | string>}
 */
export const available = (program) => () =>
  run(program, ['--version']).then(
    () => /** @type {const} */ (true),
    () => 'it is not installed; run tools/setup-system.sh --peers (package fail2ban)',
  );

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { measureCommand } from '../../../../tools/bench/measure.mjs';

const run = promisify(execFile);
const missing = 'it is not installed; run tools/setup-system.sh --peers (package fail2ban)';

/** `true`, or why the peer cannot run here. */
export const isInstalled = () =>
  run('fail2ban-regex', ['--version']).then(
    () => true,
    () => missing,
  );

/**
 * fail2ban-regex as a peer.
 *
 * @param {readonly string[]} options
 * @param {string} filter name or file
 */
export const fail2banRegex = (options, filter) => ({
  name: ['fail2ban-regex', ...options].join(' '),
  available: isInstalled,
  run: ({ theirFile, theirLines }) => measureCommand(['fail2ban-regex', ...options, theirFile, filter], theirLines),
});

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';

const run = promisify(execFile);

/** Queues of more messages than that are split over sub-directories. */
const manyInOne = 5000;

/** When the queue is as it is: no message is younger. */
export const queueMs = Date.UTC(2026, 10, 20);

/**
 * A queue of many messages that Exim takes for its own, and a configuration for it. It is kept for later runs.
 *
 * Only root may make it, as the files have to belong to Exim's user.
 *
 * @param {string} cache folder that it is kept in
 * @param {number} count
 * @returns {Promise<{ folder: string, spool: string, config: string }>}
 */
export async function eximSpool(cache, count) {
  const folder = path.join(cache, `exim-spool-${count}`);
  const spool = path.join(folder, 'spool');
  const config = path.join(folder, 'exim.conf');
  if (!existsSync(folder)) {
    const begun = `${folder}.${process.pid}`;
    rmSync(begun, { recursive: true, force: true });
    mkdirSync(begun, { recursive: true });
    const owner = await eximOwner();
    const text = configText(spool, count > manyInOne);
    writeMany({ spool: path.join(begun, 'spool'), config: path.join(begun, 'exim.conf'), count, owner, text });
    renameSync(begun, folder);
  }
  return { folder, spool, config };
}

/** Exim and its tools, and the right to run them on a spool of our own. */
export async function hasExim() {
  if (process.getuid?.() !== 0) return 'only root can give the spool to Exim: run as root';
  return run('exiqgrep', ['--version']).then(
    () => true,
    () => 'exim4 is missing: install the packages exim4-daemon-light and exim4-base',
  );
}

/**
 * @typedef {object} Wanted
 * @property {string} spool
 * @property {string} config path of the configuration
 * @property {number} count
 * @property {{ uid: number, gid: number }} owner
 * @property {string} text of the configuration
 */

/** @param {Wanted} wanted */
export function writeMany({ spool, config, count, owner, text }) {
  writeSpool(spool, manyMessages({ count, nowMs: queueMs }), { split: count > manyInOne, ids: 'short', owner });
  writeFileSync(config, text);
}

/** The user that Exim works as. */
export const eximOwner = async () => ({ uid: await idOf('-u'), gid: await idOf('-g') });

/** @param {string} what */
const idOf = async (what) => Number((await run('id', [what, 'Debian-exim'])).stdout);

/**
 * No mail leaves the machine: there is no transport.
 *
 * @param {string} spool
 * @param {boolean} split
 */
export const configText = (spool, split) => `primary_hostname = queue.example.test
spool_directory = ${spool}
log_file_path = ${spool}/log/%slog
split_spool_directory = ${split}
local_interfaces = 127.0.0.1
keep_environment =
host_lookup =
queue_only = true
timeout_frozen_after = 0s

begin routers
rest:
  driver = redirect
  allow_defer
  data = :defer: nothing leaves this machine

begin retry
* * F,2h,15m
`;

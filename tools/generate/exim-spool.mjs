import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { manyMessages, writeSpool } from '@sluice/exim-queue/example-spool';

const run = promisify(execFile);

/** When the queue is as it is: ages are shown by the present time, so nothing depends on it. */
const nowMs = Date.UTC(2026, 10, 20);

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
    const owner = { uid: await idOf('-u'), gid: await idOf('-g') };
    writeSpool(path.join(begun, 'spool'), manyMessages({ count, nowMs }), { split: count > 5000, ids: 'short', owner });
    writeFileSync(path.join(begun, 'exim.conf'), configText(spool, count > 5000));
    renameSync(begun, folder);
  }
  return { folder, spool, config };
}

/** @param {string} what */
const idOf = async (what) => Number((await run('id', [what, 'Debian-exim'])).stdout);

/**
 * No mail leaves the machine: there is no transport.
 *
 * @param {string} spool
 * @param {boolean} split
 */
const configText = (spool, split) => `primary_hostname = queue.example.test
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

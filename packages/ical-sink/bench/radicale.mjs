import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Radicale waits for the disk after each write: whether that is quick is not what is tested or measured.
const memory = '/dev/shm';

/** A port that nobody listened at a moment ago. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/**
 * A real CalDAV server on loopback: Debian's Radicale with a storage of its own, which goes when it stops.
 *
 * @param {{ username: string, password: string }} [user] who alone may use it; without one everybody may
 */
export async function startRadicale(user) {
  const dir = await mkdtemp(path.join(existsSync(memory) ? memory : tmpdir(), 'sluice-radicale-'));
  const port = await freePort();
  const users = path.join(dir, 'users');
  const config = path.join(dir, 'config');
  if (user !== undefined) await writeFile(users, `${user.username}:${user.password}\n`);
  const rights = path.join(dir, 'rights');
  await writeFile(rights, '[all]\nuser: .*\ncollection: .*\npermissions: RrWw\n');
  const sections = {
    server: { hosts: `127.0.0.1:${port}` },
    auth:
      user === undefined
        ? { type: 'none' }
        : { type: 'htpasswd', htpasswd_filename: users, htpasswd_encryption: 'plain', delay: 0 },
    rights: user === undefined ? { type: 'from_file', file: rights } : { type: 'owner_only' },
    storage: { filesystem_folder: path.join(dir, 'collections') },
    logging: { level: 'warning' },
  };
  const lines = ([name, values]) =>
    `[${name}]\n${Object.entries(values)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join('')}`;
  await writeFile(config, Object.entries(sections).map(lines).join(''));
  const child = spawn('radicale', ['--config', config], { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const exited = new Promise((resolve) => {
    child.on('error', resolve).on('exit', resolve);
  });
  const url = `http://127.0.0.1:${port}/`;
  const stop = async () => {
    child.kill();
    await exited;
    await rm(dir, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer !== undefined) return { url, pid: child.pid, dir, stop };
    await sleep(50);
  }
  await stop();
  throw new Error(`Radicale did not start: ${errors}`);
}

import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const folders = new Set<string>();

const orUndefined = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** When a process was started, in the kernel's ticks: with its id it is one process and no other, ever. */
const startOf = (pid: number | string): string | undefined =>
  orUndefined(() => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19]);

/** Processes that work in a folder or name it in their arguments: Exims, and what they run. Never this one. */
function processesIn(folder: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const directory = orUndefined(() => readlinkSync(`/proc/${pid}/cwd`)) ?? '';
    const words = orUndefined(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1')) ?? '';
    const isExim = /^[^\0]*exim4?\0/.test(words) && words.includes(`${folder}/`);
    return isExim || directory === folder || directory.startsWith(`${folder}/`) ? [Number(pid)] : [];
  });
}

/** Ends all processes of a folder and removes it. */
export function removeSceneFolder(folder: string): void {
  // Until none is left: one may start another while it is looked for.
  for (let pids = processesIn(folder), tries = 0; pids.length > 0 && tries < 100; pids = processesIn(folder), tries++)
    for (const pid of pids) orUndefined(() => process.kill(pid, 'SIGKILL'));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}

/** Waits until no process works in a folder any more: deliveries in the background, and the bounces that they sent. */
export async function sceneIsQuiet(folder: string): Promise<void> {
  const endMs = Date.now() + 60_000;
  while (processesIn(folder).length > 0) {
    if (Date.now() > endMs) throw new Error(`still at work in ${folder}: ${processesIn(folder)}`);
    await pause(5);
  }
}

/** Removes what runs that were killed have left. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid = '', start] = /^sluice-exim-(\d+)-(\d+)-\w{6}$/.exec(name) ?? [];
    // Another run may be removing it, too.
    if (pid !== '' && startOf(pid) !== start)
      orUndefined(() => removeSceneFolder(path.join(realpathSync(tmpdir()), name)));
  }
}

/**
 * A folder that any user may enter, removed with all processes in it at the end of the tests or of the process; if that
 * is killed, then when the next such folder is made.
 */
export function newSceneFolder(): string {
  removeLeftovers();
  const prefix = path.join(tmpdir(), `sluice-exim-${process.pid}-${startOf(process.pid)}-`);
  const folder = realpathSync(mkdtempSync(prefix));
  chmodSync(folder, 0o755);
  folders.add(folder);
  return folder;
}

const removeAll = (): void => {
  for (const folder of folders) removeSceneFolder(folder);
};
// Under Jest the process outlives the tests and its exit is not told to them.
if (typeof afterAll === 'function') afterAll(removeAll);
else process.once('exit', removeAll);

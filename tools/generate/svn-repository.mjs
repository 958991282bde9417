// Makes a Subversion repository with a long deterministic history, for benches.
//
//   node tools/generate/svn-repository.mjs FOLDER [REVISIONS]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { svnDump } from './svn-dump.mjs';

/** Two files of at least one block each, and what they are held by. */
const bytesPerRevision = 16_384;
const memory = '/dev/shm';

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Iterable<string>} [input]
 */
async function run(program, args, input = []) {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const ended = once(child, 'close');
  // One that fails before it has read all is judged by its exit code.
  await Promise.all([pipeline(Readable.from(input), child.stdin).catch(() => {}), ended]);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${program} ${args[0]} ended with exit code ${code}: ${errors}`);
}

/**
 * Where the repository is loaded: in memory if there is room, for each revision is a transaction of a dozen files.
 *
 * @param {string} folder
 * @param {number} revisions
 */
async function workplace(folder, revisions) {
  const room = await statfs(memory).catch(() => undefined);
  const fits = room !== undefined && room.bavail * room.bsize > 2 * revisions * bytesPerRevision;
  return mkdtemp(path.join(fits && os.platform() === 'linux' ? memory : folder, 'sluice-svn-'));
}

/**
 * A repository with the first revisions of `SvnHistory`, as Subversion makes it unless it is told otherwise: a file for
 * each revision. Made if it is not there yet: 130,000 revisions take about four minutes and a gigabyte.
 *
 * @param {string} cache folder that it is kept in
 * @param {number} [revisions]
 * @returns {Promise<string>} its folder
 */
export async function svnRepository(cache, revisions = 130_000) {
  const folder = path.join(cache, `svn-repository-${revisions}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  await mkdir(cache, { recursive: true });
  const place = await workplace(cache, revisions);
  try {
    const made = path.join(place, 'repository');
    await run('svnadmin', ['create', '--fs-type', 'fsfs', made]);
    // Looking for equal contents costs a database transaction a revision and finds nothing here.
    await writeFile(path.join(made, 'db/fsfs.conf'), '[rep-sharing]\nenable-rep-sharing = false\n');
    await run('svnadmin', ['load', '-q', '--no-flush-to-disk', '-M', '256', made], svnDump(revisions));
    const copy = `${folder}.${process.pid}`;
    await run('cp', ['-R', made, copy]);
    // Another process may have made it meanwhile; its own is as good.
    await rename(copy, folder).catch(() => rm(copy, { recursive: true }));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return folder;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [cache = '.cache/bench', revisions = '130000'] = process.argv.slice(2);
  console.log(await svnRepository(cache, Number(revisions)));
}

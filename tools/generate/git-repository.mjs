// Makes a Git repository with a long deterministic history, for benches.
//
//   node tools/generate/git-repository.mjs FOLDER [COMMITS]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { GitHistory } from './git-history.mjs';

const commitsPerBlock = 500;
/** Nobody's configuration, so that everybody gets the same. */
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

/**
 * @param {readonly string[]} args
 * @param {Iterable<string>} [input]
 */
async function git(args, input = []) {
  const child = spawn('git', args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const ended = once(child, 'close');
  // One that fails before it has read all is judged by its exit code.
  await Promise.all([pipeline(Readable.from(input), child.stdin).catch(() => {}), ended]);
  const [code] = await ended;
  if (code !== 0) throw new Error(`git ${args.join(' ')} ended with exit code ${code}: ${errors}`);
}

/** @param {number} commits */
function* fastImport(commits) {
  const history = new GitHistory();
  while (history.commits < commits) {
    let block = '';
    for (let commit = 0; commit < commitsPerBlock && history.commits < commits; commit += 1) block += history.next();
    yield block;
  }
  yield* history.end();
  yield 'done\n';
}

/**
 * A bare repository with at least so many commits on `main`, one in eight or so a merge, in one pack without a commit
 * graph; made if it is not there yet: 90,000 take about half a minute.
 *
 * @param {string} cache folder that it is kept in
 * @param {number} [commits]
 * @returns {Promise<string>} its folder
 */
export async function gitRepository(cache, commits = 90_000) {
  const folder = path.resolve(cache, `git-repository-${commits}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  await mkdir(cache, { recursive: true });
  const made = `${folder}.${process.pid}`;
  await git(['init', '-q', '--bare', '--template=', '-b', 'main', made]);
  await git(['-C', made, 'fast-import', '--quiet', '--force', '--done'], fastImport(commits));
  await git(['-C', made, '-c', 'core.commitGraph=false', 'repack', '-adq']);
  // Another process may have made it meanwhile; its own is as good.
  await rename(made, folder).catch(() => rm(made, { recursive: true }));
  return folder;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [cache = '.cache/bench', commits = '90000'] = process.argv.slice(2);
  console.log(await gitRepository(cache, Number(commits)));
}

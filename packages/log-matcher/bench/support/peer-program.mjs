import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../peers', import.meta.url));
const cache = fileURLToPath(new URL('../../../../.cache/bench/peers', import.meta.url));
const headers = ['pass.h', 'captures.h'];
const optimised = ['-O3', '-march=native'];

const programs = {
  hyperscan: { source: 'hyperscan.c', compiler: ['gcc'], libraries: ['-lhs', '-lpcre2-8'] },
  'pcre2-jit': { source: 'pcre2-jit.c', compiler: ['gcc'], libraries: ['-lpcre2-8'] },
  're2-set': { source: 're2-set.cc', compiler: ['g++', '-std=c++17'], libraries: ['-lre2'] },
};

/** Where a program lies: under another name when what it is made of changes. */
function fileOf(name) {
  const hash = createHash('sha256').update(JSON.stringify([programs[name], optimised]));
  for (const file of [...headers, programs[name].source]) hash.update(readFileSync(path.join(sources, file)));
  return path.join(cache, `${name}-${hash.digest('hex').slice(0, 16)}`);
}

/**
 * Compiles a peer's program, once.
 *
 * @param {keyof typeof programs} name
 * @returns {{ file: string } | { reason: string }} where it lies, or what is missing
 */
export function peerProgram(name) {
  const { source, compiler, libraries } = programs[name];
  const file = fileOf(name);
  if (existsSync(file)) return { file };
  mkdirSync(cache, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  const [command, ...flags] = [...compiler, ...optimised, path.join(sources, source), '-o', unfinished, ...libraries];
  const { status, stderr } = spawnSync(command, flags, { encoding: 'utf8' });
  if (status !== 0) {
    const fault = stderr?.split('\n').find((line) => /error|cannot/.test(line)) ?? `${command} is not there`;
    return { reason: `${source} does not compile (${fault.trim()}); run tools/setup-system.sh --peers` };
  }
  renameSync(unfinished, file);
  return { file };
}

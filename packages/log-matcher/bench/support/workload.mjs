import { createHash } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PatternSet } from '@sluice/log-matcher';
import { measure } from '../../../../tools/bench/measure.mjs';
import { withHost } from '../rules/with-host.mjs';
import { firstPart } from './log-files.mjs';
import { peerPattern } from './peer-pattern.mjs';
import { PeerProcess } from './peer-process.mjs';
import { scanFile } from './scan-file.mjs';

/** Peers that are slow search less of the file still when all is quick. */
const quickPartMegabytes = 0.25;

/** How long our own engine runs before it is measured. */
const warmMs = 1500;
/** Least time of what is measured at once. */
const timedMs = 600;

const megabytesOf = (file) => statSync(file).size / 1e6;

/** One log and one set of rules, for us and for all peers. */
export class Workload {
  /** The log. */
  file;
  /** As written, with `<HOST>`. */
  rules;
  /** @type {PatternSet} */
  set;
  #cache;
  #quick;
  #options;
  #counts = new Map();
  #processes = new Map();
  #times = new Map();

  /**
   * @param {{ cache: string, quick: boolean }} setup
   * @param {{ file: string, rules: readonly string[], options?: import('@sluice/log-matcher').PatternOptions }} what
   */
  constructor({ cache, quick }, { file, rules, options = {} }) {
    this.#cache = cache;
    this.#quick = quick;
    this.#options = { finalBreak: true, ...options };
    this.file = file;
    this.rules = rules;
    this.set = PatternSet.compile(this.patterns, this.#options);
  }

  /** For us. */
  get patterns() {
    return this.rules.map(withHost);
  }

  /** Leaves out rules that somebody refuses: everybody has the same. */
  drop(indices) {
    if (indices.size === 0) return;
    this.rules = this.rules.filter((_, index) => !indices.has(index));
    this.set = PatternSet.compile(this.patterns, this.#options);
  }

  /** Writes a file for a peer, under a name after its content. */
  write(ending, text) {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const file = path.join(this.#cache, `log-matcher-${hash}.${ending}`);
    writeFileSync(file, text);
    return file;
  }

  /** For the peers. */
  get peerPatterns() {
    return this.patterns.map(peerPattern);
  }

  /** For the peers, one a line. */
  get patternFile() {
    return this.write('patterns', `${this.peerPatterns.join('\n')}\n`);
  }

  /** All literals that our set looks for, one a line. */
  get literalFile() {
    const literals = new Set(this.set.patterns.flatMap((pattern) => pattern.literals ?? []));
    return this.write('literals', `${[...literals].join('\n')}\n`);
  }

  /** The first megabytes of the log. */
  part(megabytes) {
    return firstPart(this.file, this.#quick ? Math.min(megabytes, quickPartMegabytes) : megabytes);
  }

  /** What we find in a file. */
  count(file) {
    const known = this.#counts.get(file) ?? scanFile(this.set, file);
    this.#counts.set(file, known);
    return known;
  }

  /**
   * A bench that counts something else than its peer is void.
   *
   * @param {string} who
   * @param {string} file
   * @param {{ lines: number, hostBytes?: number }} found
   */
  check(who, file, found) {
    const expected = this.count(file);
    for (const what of ['lines', 'hostBytes']) {
      if (found[what] === undefined || found[what] === expected[what]) continue;
      throw new Error(`void: ${who} counts ${found[what]} ${what} in ${path.basename(file)}, ours ${expected[what]}`);
    }
  }

  /** Our own rate over the whole log. */
  scan(options) {
    return this.#measure(this.file, options);
  }

  /** Our own rate over the first megabytes, for rules by which we are slow too. */
  async scanPart(megabytes) {
    return this.#measure(await this.part(megabytes), {});
  }

  /**
   * Scans a file until the engine of JavaScript has compiled what is run often, as the peers are compiled before.
   *
   * @returns how many scans take long enough to be timed: a collection of garbage before them throws away what was compiled
   */
  #warm(file, options) {
    const key = `${file} ${Object.keys(options ?? {})}`;
    let times = this.#times.get(key);
    if (times === undefined) {
      const until = performance.now() + (this.#quick ? 0 : warmMs);
      let started;
      do {
        started = performance.now();
        scanFile(this.set, file, options);
      } while (performance.now() < until);
      times = Math.max(1, Math.ceil((this.#quick ? 0 : timedMs) / (performance.now() - started)));
      this.#times.set(key, times);
    }
    return times;
  }

  async #measure(file, options) {
    this.count(file);
    const times = this.#warm(file, options);
    let found;
    const { value, wallMs, cpuMs } = await measure(() => {
      for (let n = 0; n < times; n++) found = scanFile(this.set, file, options);
    }, times * megabytesOf(file));
    this.check('this run', file, found);
    return { value, wallMs: wallMs / times, cpuMs: cpuMs / times };
  }

  /** A rate of somebody who searched a file. */
  rate(file, { wallMs, cpuMs }) {
    return { value: megabytesOf(file) / (cpuMs / 1000), wallMs, cpuMs };
  }

  /**
   * A peer's program, started once and warm.
   *
   * @param {readonly string[]} argv
   */
  async process(argv) {
    const key = argv.join(' ');
    const known = this.#processes.get(key);
    if (known !== undefined) return known;
    const started = new PeerProcess(argv);
    this.#processes.set(key, started);
    await started.compiled();
    await started.pass();
    return started;
  }

  close() {
    for (const started of this.#processes.values()) started.close();
  }
}

import { PeerProcess } from './peer-process.mjs';
import { peerProgram } from './peer-program.mjs';

/**
 * A peer that is one of our programs around a library.
 *
 * @param {{ name: string, program: string, mode: string, megabytes: number, hosts?: boolean }} options
 *   `megabytes` is how much of the log it searches; `hosts` says whether it reports the host of the same rule as we do
 */
function programPeer({ name, program, mode, megabytes, hosts = false }) {
  const argvOf = (patterns, file) => [peerProgram(program).file, mode, patterns, file];
  /** In a process of its own, which ends then. */
  const compiled = async (workload) => {
    const asked = new PeerProcess(argvOf(workload.patternFile, workload.file));
    const answer = await asked.compiled();
    asked.close();
    return answer;
  };
  return {
    name,
    available: async () => peerProgram(program).reason ?? true,
    compiled,
    refused: async (workload) => (await compiled(workload)).refused,
    async run(workload) {
      const file = await workload.part(megabytes);
      const started = await workload.process(argvOf(workload.patternFile, file));
      const { lines, hostBytes, ...times } = await started.pass();
      workload.check(name, file, hosts ? { lines, hostBytes } : { lines });
      return workload.rate(file, times);
    },
  };
}

const partOf = (megabytes) => (megabytes === Number.POSITIVE_INFINITY ? '' : `, first ${megabytes} MB`);

/** The patterns in the set's order, captures of the first that matches. */
export const pcre2Jit = (megabytes) =>
  programPeer({
    name: `PCRE2-JIT, rule by rule${partOf(megabytes)}`,
    program: 'pcre2-jit',
    mode: 'captures',
    megabytes,
    hosts: true,
  });

export const re2Set = (megabytes) =>
  programPeer({ name: `RE2::Set${partOf(megabytes)}`, program: 're2-set', mode: 'match', megabytes });

export const re2Captures = (megabytes) =>
  programPeer({
    name: `RE2::Set and captures${partOf(megabytes)}`,
    program: 're2-set',
    mode: 'captures',
    megabytes,
    hosts: true,
  });

export const hyperscanMatch = (megabytes) =>
  programPeer({ name: `Hyperscan${partOf(megabytes)}`, program: 'hyperscan', mode: 'match', megabytes });

/** The host is that of the rule whose match ends first. */
export const hyperscanCaptures = (megabytes) =>
  programPeer({
    name: `Hyperscan and PCRE2-JIT captures${partOf(megabytes)}`,
    program: 'hyperscan',
    mode: 'captures',
    megabytes,
  });

/** Only the texts that our set looks for, without any regular expression: it finds more lines, or as many. */
export const hyperscanLiterals = (megabytes = Number.POSITIVE_INFINITY) => ({
  ...programPeer({
    name: `Hyperscan on bare literals${partOf(megabytes)}`,
    program: 'hyperscan',
    mode: 'literals',
    megabytes,
  }),
  refused: undefined,
  async run(workload) {
    const file = await workload.part(megabytes);
    const started = await workload.process([peerProgram('hyperscan').file, 'literals', workload.literalFile, file]);
    const { lines, ...times } = await started.pass();
    const expected = workload.count(file).lines;
    if (lines < expected) throw new Error(`void: ${lines} lines hold a literal, but ${expected} match`);
    return workload.rate(file, times);
  },
});

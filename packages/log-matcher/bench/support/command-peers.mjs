import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureCommand } from '../../../../tools/bench/measure.mjs';

const pythonScript = fileURLToPath(new URL('../python-lines.py', import.meta.url));

/**
 * A peer that is a command; it is started anew for each run.
 *
 * @param {{ name: string, command: string, cure: string, megabytes: number, argv: (workload: any, file: string) =>
 *   string[], env?: NodeJS.ProcessEnv, countOf?: (output: string) => number }} options
 */
function commandPeer({ name, command, cure, megabytes, argv, env, countOf = Number }) {
  const part = megabytes === Number.POSITIVE_INFINITY ? '' : `, first ${megabytes} MB`;
  return {
    name: `${name}${part}`,
    available: async () =>
      spawnSync(command, ['--version']).status === 0 ||
      `needs ${command}; run tools/setup-system.sh --peers (package ${cure})`,
    async run(workload) {
      const file = await workload.part(megabytes);
      const run = await measureCommand(argv(workload, file), statSync(file).size / 1e6, {
        keepOutput: true,
        env: { ...process.env, ...env },
      });
      workload.check(name, file, { lines: countOf(run.output) });
      return run;
    },
  };
}

const large = ['--dfa-size-limit', '1G', '--regex-size-limit', '1G'];
const rgRefuses = (...patterns) =>
  spawnSync('rg', ['-c', '--no-unicode', ...large, ...patterns, '/dev/null']).status === 2;

/** With room for any number of rules. */
export const ripgrep = (megabytes = Number.POSITIVE_INFINITY) => ({
  ...commandPeer({
    name: 'ripgrep -c --no-unicode',
    command: 'rg',
    cure: 'ripgrep',
    megabytes,
    argv: ({ patternFile }, file) => ['rg', '-c', '--no-unicode', ...large, '-f', patternFile, file],
  }),
  async refused({ patternFile, peerPatterns }) {
    if (!rgRefuses('-f', patternFile)) return [];
    return [...peerPatterns.keys()].filter((index) => rgRefuses('-e', peerPatterns[index]));
  },
});

/** The one rule is plain text. */
export const ripgrepFixed = () =>
  commandPeer({
    name: 'ripgrep -c -F',
    command: 'rg',
    cure: 'ripgrep',
    megabytes: Number.POSITIVE_INFINITY,
    argv: ({ rules }, file) => ['rg', '-c', '-F', '-e', rules[0], file],
  });

/** What POSIX has another name for, as far as the e107 rules use it. */
const posix = (pattern) =>
  pattern.replaceAll('(?:', '(').replaceAll('\\d', '[0-9]').replaceAll('[\\w\\-.^_]', '[[:alnum:]_.^-]');

export const grep = (megabytes) =>
  commandPeer({
    name: 'LC_ALL=C grep -cE',
    command: 'grep',
    cure: 'grep',
    megabytes,
    env: { LC_ALL: 'C' },
    argv: (workload, file) => {
      const patterns = workload.write('ere', `${workload.peerPatterns.map(posix).join('\n')}\n`);
      return ['grep', '-cE', '-f', patterns, file];
    },
  });

export const fail2banRegex = (megabytes) =>
  commandPeer({
    name: 'fail2ban-regex',
    command: 'fail2ban-regex',
    cure: 'fail2ban',
    megabytes,
    argv: (workload, file) => {
      const rules = workload.rules.map((rule) => `  ${rule.replaceAll('%', '%%')}`).join('\n');
      const filter = workload.write('conf', `[Definition]\nfailregex =\n${rules}\n`);
      return ['fail2ban-regex', '--no-check-all', '--usedns', 'warn', file, path.resolve(filter)];
    },
    countOf: (output) => Number(/(\d+) matched/.exec(output)?.[1]),
  });

/** As fail2ban searches: one rule after the other, until one matches. */
export const python = (megabytes) =>
  commandPeer({
    name: 'python3 re, rule by rule',
    command: 'python3',
    cure: 'python3',
    megabytes,
    argv: (workload, file) => {
      const patterns = workload.write('json', JSON.stringify(workload.patterns));
      return ['python3', pythonScript, file, patterns];
    },
  });

import { execFile } from 'node:child_process';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadConfig } from '@sluice/fail2ban-config/loader';
import { build } from 'esbuild';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';

const run = promisify(execFile);
// The system's Python: the one that Debian's fail2ban is installed for.
const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('fail2ban-loading.py', import.meta.url));
// What `banwatch -d` does, which tells the engine too that it will not run for long.
const program = `
import { setFlagsFromString } from 'node:v8';
import { pythonRepr } from '@sluice/fail2ban-config';
import { commandStreamOf, loadConfig } from '@sluice/fail2ban-config/loader';
setFlagsFromString('--no-opt');
process.stdout.write(commandStreamOf(loadConfig(process.argv[2])).map((command) => pythonRepr(command) + '\\n').join(''));
`;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const stockDir = '/etc/fail2ban';
const install = 'run tools/setup-system.sh --peers (package fail2ban)';

/** A folder of our own in place of the stock one, where that is not installed: jails with a filter and an action each. */
function makeTree(dir) {
  const jails = Array.from({ length: 90 }, (_, n) => `[jail${n}]\nfilter = f[mode=%(mode)s]\nlogpath = %(log)s\n`);
  const head = '[DEFAULT]\nmode = a\nlog = /var/log/app.log\naction = act[port="%(port)s"]\nport = 22\n';
  const regexes = Array.from({ length: 20 }, (_, n) => `  ^<pre>event ${n} from <HOST>%(tail)s$`).join('\n');
  const filter = `[DEFAULT]\npre = (?:<host>\\s+)?\nhost = \\S+\n[Definition]\ntail = \\s*\nfailregex = <mode-<mode>>\nmode-a =\n${regexes}\n`;
  const action =
    '[Definition]\nactionban = <tool> add <name> <ip> <port>\n[Init]\ntool = wall\n[Init?family=inet6]\ntool = wall6\n';
  const files = { 'jail.conf': head + jails.join(''), 'filter.d/f.conf': filter, 'action.d/act.conf': action };
  return Object.entries(files).map(([name, text]) => ({ file: path.join(dir, name), text }));
}

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'configuration-loaded',
  async prepare({ cache, quick }) {
    const dir = path.join(cache, 'fail2ban-config-tree');
    rmSync(dir, { recursive: true, force: true });
    if (existsSync(path.join(stockDir, 'jail.conf'))) {
      cpSync(stockDir, dir, { recursive: true, dereference: true });
    } else {
      cpSync(fileURLToPath(new URL('../../../examples/fail2ban', import.meta.url)), dir, { recursive: true });
      for (const { file, text } of makeTree(dir)) writeFileSync(file, text);
    }
    writeFileSync(path.join(dir, 'jail.local'), '[DEFAULT]\nenabled = true\n');
    const { jails, problems } = loadConfig(dir);
    if (jails.length < 50) throw new Error(`only ${jails.length} jails load: ${problems[0]?.error.message}`);
    // Apps are published in one file, and so it is here.
    const bundle = path.join(dir, 'program.cjs');
    const stdin = { contents: program, resolveDir: root };
    await build({ stdin, bundle: true, platform: 'node', format: 'cjs', outfile: bundle, logLevel: 'error' });
    return { dir, bundle, jails: jails.length, times: quick ? 2 : 20 };
  },
  measurements: [
    {
      metric: 'jails loaded per CPU second, in a running process',
      unit: 'jails/s',
      better: 'higher',
      target: 1,
      ours: ({ dir, jails, times }) =>
        measure(() => {
          for (let n = 0; n < times; n += 1) loadConfig(dir);
        }, jails * times),
      theirs: {
        name: 'fail2ban (in its process)',
        available: () =>
          run(python, ['-c', 'import fail2ban.client.configurator']).then(
            () => true,
            () => `it is not installed; ${install}`,
          ),
        run: async ({ dir, jails, times }) => {
          const { stdout } = await run(python, [script, dir, String(times)]);
          const { cpuMs, wallMs, jails: loaded } = JSON.parse(stdout);
          if (loaded !== jails) throw new Error(`fail2ban loads ${loaded} jails, not ${jails}`);
          return { value: (jails * times) / (cpuMs / 1000), cpuMs, wallMs };
        },
      },
    },
    {
      metric: 'jails loaded per CPU second, start of the program included',
      unit: 'jails/s',
      better: 'higher',
      target: 1,
      ours: ({ dir, bundle, jails }) => measureCommand([process.execPath, bundle, dir], jails),
      theirs: {
        name: 'fail2ban-client -d',
        available: () =>
          run('fail2ban-client', ['--version']).then(
            () => true,
            () => `it is not installed; ${install}`,
          ),
        run: ({ dir, jails }) => measureCommand(['fail2ban-client', '-c', dir, '-d'], jails),
      },
    },
  ],
  cleanup: async ({ dir }) => rmSync(dir, { recursive: true, force: true }),
};

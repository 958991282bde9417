import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../tools/testing/network-namespace.ts';
import { runProgram, startProgram } from '../../../tools/testing/run-program.ts';
import { until } from '../../../tools/testing/until.ts';
import { botJail, hit } from './testing/bot-jail.ts';
import { BotScene } from './testing/bot-scene.ts';

const banwatchd = fileURLToPath(new URL('../bin/banwatchd.cjs', import.meta.url));
const unit = fileURLToPath(new URL('../systemd/banwatchd.service', import.meta.url));
/** V8 asks for keys to its memory and goes on without; the unit makes a refused call an error, and not the end. */
const dispensable = ['pkey_alloc'];

/** The system calls of a set such as `@system-service`, those of the sets in it included. */
function callsOf(set: string, found = new Set<string>()): Set<string> {
  const { out } = runProgram(['systemd-analyze', 'syscall-filter', set], { env: process.env });
  const lines = out.split('\n').map((line) => line.trim());
  for (const line of lines) {
    if (line.startsWith('@') && line !== set) callsOf(line, found);
    else if (/^\w+$/.test(line)) found.add(line);
  }
  return found;
}

/** What the unit's lines `SystemCallFilter=` leave. */
function allowed(): Set<string> {
  const calls = new Set<string>();
  for (const [, not, sets = ''] of readFileSync(unit, 'utf8').matchAll(/^SystemCallFilter=(~?)(.*)$/gm))
    for (const set of sets.split(' '))
      for (const call of callsOf(set)) {
        if (not === '~') calls.delete(call);
        else calls.add(call);
      }
  return calls;
}

const needs = [program('systemd-analyze', 'systemd'), { ...program('strace'), isOptional: true }, ...namespaces];

describeWith(needs, "the unit's filter of system calls", () => {
  test('lets through what the daemon asks for from its start to its end', async () => {
    await using scene = new BotScene();
    scene.jails(botJail('web'));
    scene.write('d.log', '');
    scene.write('ban-with.conf', '[mail]\nto = root\ncommand = /bin/true\n');
    const options = {
      config: scene.configDir,
      root: scene.root,
      state: scene.path('state'),
      socket: scene.path('run/sock'),
      'pid-file': scene.path('run/pid'),
      logtarget: scene.path('d.log'),
      'ban-with': 'netfilter,mail',
      'ban-with-file': scene.path('ban-with.conf'),
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const trace = ['unshare', '-Urn', 'strace', '-f', '-qq', '-o', scene.path('trace')];
    const running = startProgram([...trace, process.execPath, banwatchd, ...args], { env: process.env });
    try {
      const logged = (text: string) => () => scene.read('d.log').includes(text);
      await until(() => running.child.exitCode !== null || logged('Banning with netfilter')(), running.errors);
      scene.append(hit('203.0.113.9'));
      await until(logged(' Ban 203.0.113.9'));
      const pid = Number(scene.read('run/pid'));
      process.kill(pid, 'SIGHUP');
      await until(logged('Reload finished'));
      process.kill(pid, 'SIGTERM');
      await running.ended;
    } finally {
      running.child.kill('SIGKILL');
    }
    const called = new Set([...scene.read('trace').matchAll(/^\d+\s+(\w+)\(/gm)].map(([, call = '']) => call));
    const calls = allowed();
    expect(called.size).toBeGreaterThan(50);
    expect([...called].filter((call) => !calls.has(call) && !dispensable.includes(call))).toEqual([]);
  });
});

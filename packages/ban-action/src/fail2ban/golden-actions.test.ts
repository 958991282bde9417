import { existsSync } from 'node:fs';
import { type ActionConfig, type ConfigFiles, readConfig } from '@sluice/fail2ban-config';
import { nodeConfigFiles } from '@sluice/fail2ban-config/loader';
import { type Ban, fixedClock, type NameResolver, type Prolonged, parseAddress, type Unban } from '@sluice/pipeline';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';
import type { CommandRunner } from '../commands/command-runner.ts';
import { fail2banAction } from './fail2ban-action.ts';

const configDir = '/etc/fail2ban';

/** A command as the golden file writes it: its text, or text and values. */
type Recorded = string | readonly string[];

interface Row {
  readonly action: string;
  readonly options: Readonly<Record<string, string>>;
  readonly ops: readonly (readonly [string, readonly Recorded[]])[];
}

const rows: readonly Row[] = corpus.isThere ? corpusLines<Row>('actions.jsonl') : [];

const timeMs = 1_124_013_600_000;
const subject = (id: string) => {
  const address = parseAddress(id);
  return { jail: 'myjail', id, timeMs, ...(address && { address }) };
};
const details = { failures: 3, count: 1, restored: false, groups: {} };
const matches = ['line one $(id) `x`', 'it\'s "two" <ip>'];
const ban = (id: string): Ban => {
  const times = { banTimeMs: 600_000, endMs: timeMs + 600_000 };
  return { kind: 'ban', ...subject(id), ...details, ...times, matches };
};
const unban = (id: string): Unban => ({ kind: 'unban', ...subject(id), reason: 'expired' });
const prolong = (id: string): Prolonged => {
  const times = { bannedAtMs: timeMs, banTimeMs: 600_000, endMs: timeMs + 600_000 };
  return { kind: 'prolonged', ...subject(id), ...times, count: 1 };
};
/** The name that the golden file has for every address. */
const resolver: NameResolver = { addressesOf: () => [], nameOf: () => 'rev.example.net' };

/** The action as a jail of Debian's configuration has it, with a log of its own. */
function actionOf(action: string, options: Row['options']): ActionConfig {
  const args = Object.entries(options).map(([name, value]) => `${name}="${value}"`);
  const spec = args.length === 0 ? action : `${action}[${args.join(', ')}]`;
  const jail = `[myjail]\nenabled = true\nbackend = polling\nlogpath = /var/log/x.log\naction = ${spec}\n`;
  const files: ConfigFiles = {
    read: (path) => {
      if (!path.startsWith(`${configDir}/jail.`)) return nodeConfigFiles.read(path);
      return path.endsWith('/jail.conf') ? jail : undefined;
    },
    list: () => [],
  };
  const { jails, problems } = readConfig(files, configDir);
  const config = jails[0]?.actions[0];
  if (config === undefined) throw problems[0]?.error;
  return config;
}

/** Leads an action through the life that the golden file records, and gives what was run at each step. */
async function live({ action, options }: Row): Promise<Map<string, Recorded[]>> {
  const steps = new Map<string, Recorded[]>();
  let step: Recorded[] = [];
  const runner: CommandRunner = {
    async run({ argv: [, , script = '', ...values] }) {
      step.push(values.length === 0 ? script : [script, ...values]);
      return { exitCode: 0, stdout: '', stderr: '', timedOut: false };
    },
  };
  const during = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    step = [];
    await work();
    steps.set(name, step);
  };
  const config = actionOf(action, options);
  const hostName = 'host.example.com';
  const names = { jail: 'myjail', hostName, qualifiedHostName: hostName };
  const backend = fail2banAction(config, { ...names, runner, resolver, clock: fixedClock(timeMs) });

  await during('start', () => backend.start());
  await during('ban4', () => backend.apply([ban('192.0.2.1')]));
  await during('ban4b', () => backend.apply([ban('192.0.2.2')]));
  await during('ban6', () => backend.apply([ban('2001:db8::1')]));
  await during('prolong4', () => backend.apply([prolong('192.0.2.1')]));
  await during('unban4', () => backend.apply([unban('192.0.2.1')]));
  await during('unban6', () => backend.apply([unban('2001:db8::1')]));
  await during('unban4b', () => backend.apply([unban('192.0.2.2')]));
  await during('stop', () => backend.stop());
  return steps;
}

/** The golden file's steps in this package's terms: the flush is part of the stop, and no command is no command. */
function expected({ ops }: Row): Map<string, Recorded[]> {
  const steps = new Map(ops.map(([name, commands]) => [name, commands.filter((command) => command !== '')]));
  const stop = [...(steps.get('flush') ?? []), ...(steps.get('stop') ?? [])];
  const kept = ['start', 'ban4', 'ban4b', 'ban6', 'prolong4', 'unban4', 'unban6'];
  return new Map([...kept.map((name): [string, Recorded[]] => [name, steps.get(name) ?? []]), ['stop', stop]]);
}

const needs = [
  corpus,
  {
    text: `Debian's fail2ban 1.0.2 in ${configDir}: install the package fail2ban`,
    isThere: existsSync(`${configDir}/action.d/iptables.conf`),
  },
];
/** A file without commands of its own: the tag of a command stays. */
const isFragment = ({ ops }: Row): boolean => ops.some(([, commands]) => commands.includes('<actionban>'));
const refusal = ({ action, options }: Row): string => {
  try {
    return actionOf(action, options).name;
  } catch (error) {
    return (error as Error).message;
  }
};

describeWith(needs, "Debian's actions", () => {
  const conformance = new Conformance("actions.jsonl: the commands of an action's life");

  it('run the commands that fail2ban runs, at the moments that it runs them', async () => {
    for (const row of rows) {
      const name = `${row.action} ${JSON.stringify(row.options)}`;
      if (isFragment(row)) conformance.row(name, refusal(row), expect.stringMatching(/no section \[Definition\]/));
      else {
        const steps = await live(row);
        steps.delete('unban4b');
        conformance.row(name, Object.fromEntries(steps), Object.fromEntries(expected(row)));
      }
    }
    conformance.expectAll(122);
  });
});

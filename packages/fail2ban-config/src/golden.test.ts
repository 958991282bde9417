import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Conformance } from '../../../tools/testing/conformance.ts';
import { describeWith, type Need } from '../../../tools/testing/describe-with.ts';
import { corpus, corpusJson, corpusLines } from '../../../tools/testing/fail2ban-corpus.ts';
import type { ActionCommands, ActionConfig, Family } from './definitions/action-config.ts';
import type { FilterConfig } from './definitions/filter-config.ts';
import { readFilter } from './definitions/read-filter.ts';
import { readConfig } from './jails/read-config.ts';
import { loadConfig, loadFilterConfig } from './loader/load-config.ts';
import { nodeConfigFiles } from './loader/node-config-files.ts';
import { memoryFiles } from './memory-files.ts';
import { commandStream } from './stream/command-stream.ts';
import { parseDuration } from './syntax/parse-duration.ts';

/** That stock configuration, which is not ours to carry. */
const stockDir = process.env['FAIL2BAN_STOCK_DIR'] ?? '/etc/fail2ban';
const stockHash = 'f2005d434b818baab13b1d28c79d5b88b9be171f85050b76b5a4f1c77fc3787c';

function isStock(): boolean {
  if (!existsSync(`${stockDir}/jail.conf`) || existsSync(`${stockDir}/jail.local`)) return false;
  return (
    createHash('sha256')
      .update(readFileSync(`${stockDir}/jail.conf`))
      .digest('hex') === stockHash
  );
}

const stock: Need = {
  text: `Debian's fail2ban 1.0.2 unchanged in ${stockDir}: tools/setup-system.sh --peers, or unpack the package and set FAIL2BAN_STOCK_DIR`,
  isThere: isStock(),
  isOptional: true,
};

interface FilterRow extends Readonly<Record<string, unknown>> {
  readonly filter: string;
  readonly config: 'stock' | 'test';
  readonly options: Record<string, string>;
  readonly ini?: Record<string, Record<string, string>>;
}

interface ActionRow {
  readonly action: string;
  readonly options: Record<string, string>;
  readonly stream: Stream;
  readonly norestored: boolean;
  readonly on_demand: boolean;
  readonly families: readonly string[];
  readonly timeout: number;
}

/** A filter as the rows of filters.jsonl have it. */
const rowOf = (filter: FilterConfig) => ({
  failregex: filter.failRegex.map(({ value }) => value),
  ignoreregex: filter.ignoreRegex.map(({ value }) => value),
  prefregex: filter.prefRegex?.value ?? null,
  maxlines: filter.maxLines ?? null,
  datepattern: filter.datePattern?.value ?? null,
  journalmatch: filter.journalMatch.join('\n'),
});
const wantedRow = (row: Readonly<Record<string, unknown>>) => {
  const { failregex, ignoreregex, prefregex, maxlines, datepattern, journalmatch } = row;
  return { failregex, ignoreregex, prefregex, maxlines, datepattern, journalmatch: journalmatch ?? '' };
};
const listOf = (options: Record<string, string>) =>
  Object.entries(options)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');

/** The commands for one family, from the stage that fail2ban's client leaves them at: its server's stage, in short. */
function finish(command: string, family: Family, properties: Record<string, string>): string {
  const value = (tag: string): string | undefined => {
    if (/^(?:bantime|matches|ipmatches|ipjailmatches)$/.test(tag)) return undefined;
    if (tag === 'timeout') return String(parseDuration(properties['timeout'] ?? '60'));
    return properties[`${tag}?family=${family}`] ?? properties[tag];
  };
  const next = command.replace(/<([^ <>]+)>/g, (whole, tag) => value(tag) ?? whole);
  return next === command ? command : finish(next, family, properties);
}

type Stream = readonly (readonly unknown[])[];

const isParameter = (name: string) =>
  !/^(?:action(?:start|stop|check|ban|unban|flush|prolong|reban|repair|reload)|norestored|actionstart_on_demand|actionrepair_on_unban)$/.test(
    name,
  );

/** Compares an action with what fail2ban's client would send for it. */
function expectAction(action: ActionConfig, stream: Stream): void {
  const command = stream.find(
    ([verb, , what, name]) => /set$/.test(String(verb)) && what === 'action' && name === action.name,
  );
  const [, , , , first, second] = command ?? [];
  const properties: Record<string, string> = Object.fromEntries(Array.isArray(first) ? first : [[first, second]]);
  for (const name of Object.keys(action.commands) as (keyof ActionCommands)[]) {
    const wanted = properties[name] ?? '';
    expect([action.name, name, action.commands[name]]).toEqual([
      action.name,
      name,
      finish(wanted, 'inet4', properties),
    ]);
    expect([action.name, name, action.commandsV6[name]]).toEqual([
      action.name,
      name,
      finish(wanted, 'inet6', properties),
    ]);
  }
  expect({ ...action.parameters }).toEqual(
    Object.fromEntries(Object.entries(properties).filter(([name]) => isParameter(name))),
  );
}

describeWith([corpus], "fail2ban's stock filters, from their raw options", () => {
  const write = (section: string, options: Record<string, string>) =>
    [
      `[${section}]`,
      ...Object.entries(options).map(([name, value]) => `${name} = ${value.replaceAll('\n', '\n  ')}`),
    ].join('\n');

  test('resolve as fail2ban resolves them, where they need no other section', () => {
    const rows = corpusLines<FilterRow>('filters.jsonl').filter(
      ({ ini }) => ini && !/<[\w<>-]+\/\w+>|%\([\w-]+\//.test(JSON.stringify(ini)),
    );
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      const ini = Object.entries(row.ini ?? {});
      const source = ini.map(([section, options]) => write(section, options)).join('\n');
      const filter = readFilter(memoryFiles({ '/f/filter.d/x.conf': source }), '/f', 'x');
      expect({ filter: row.filter, ...rowOf(filter) }).toEqual({ filter: row.filter, ...wantedRow(row) });
    }
  });
});

describeWith([corpus, stock], "fail2ban's stock configuration", () => {
  const filters = new Conformance('filters.jsonl, the stock ones');

  test('gives every filter with every set of options as fail2ban does', () => {
    const rows = corpusLines<FilterRow>('filters.jsonl').filter(({ config }) => config === 'stock');
    for (const row of rows) {
      const spec = `${row.filter}[${listOf(row.options)}]`;
      filters.row(spec, rowOf(loadFilterConfig(spec, { configDir: stockDir })), wantedRow(row));
    }
    filters.expectAll(216);
  });

  test('gives every action as fail2ban does, with and without arguments', () => {
    // They hold only what others include: fail2ban makes an action without commands of them, here it is a fault.
    const partial = new Set(['firewallcmd-common', 'helpers-common', 'mail-whois-common']);
    const rows = corpusLines<ActionRow>('actions.jsonl').filter(({ action }) => !partial.has(action));
    expect(rows.length).toBeGreaterThan(110);
    for (const { action: name, options, stream, norestored, on_demand, families, timeout } of rows) {
      const jail = `[myjail]\nenabled = true\nlogpath = /var/log/x.log\naction = ${name}[${listOf(options)}]\n`;
      const files = {
        list: nodeConfigFiles.list,
        read: (path: string) => (path === `${stockDir}/jail.conf` ? jail : nodeConfigFiles.read(path)),
      };
      const { jails, problems } = readConfig(files, stockDir, {});
      expect(problems.map(({ error }) => error.message)).toEqual([]);
      const [action] = jails.find((each) => each.name === 'myjail')?.actions ?? [];
      expect(action).toMatchObject({
        name: stream[0]?.[3],
        noRestored: norestored,
        startOnDemand: on_demand,
        families: families.filter((family) => family !== ''),
        timeoutMs: timeout * 1000,
      });
      expectAction(action as ActionConfig, stream);
    }
  });

  const stream = new Conformance('stream.json');

  test('gives all jails, each forced on, as fail2ban does', () => {
    const rows = corpusJson<Stream>('stream.json');
    const names = rows.filter(([verb]) => verb === 'add').map(([, name]) => String(name));
    const config = loadConfig(stockDir, { jails: names });
    expect(config.problems).toEqual([]);
    // The one log file that there was.
    const glob = (pattern: string) => (pattern === '/var/log/fail2ban.log' ? [pattern] : []);
    const place = (command: unknown) => JSON.parse(JSON.stringify(command).replaceAll(stockDir, '@CONFIG@'));
    const ours = commandStream(config, { glob }).map(place);
    rows.forEach((command, index) => {
      stream.row(`${index}: ${command.slice(0, 3).join(' ')}`, ours[index], command);
    });
    stream.expectAll(1235);
    expect(ours).toHaveLength(rows.length);
  });

  test('knows file and line of every regular expression', () => {
    const { jails } = loadConfig(stockDir, { jails: ['sshd', 'apache-auth', 'postfix'] });
    const regexes = jails.flatMap(({ filter }) => filter?.failRegex ?? []);
    expect(regexes.length).toBeGreaterThan(30);
    for (const { value, place } of regexes) {
      const line = readFileSync(place.file, 'utf8').split('\n')[place.line - 1] ?? '';
      // Its first words stand there as they are, whatever was filled in behind them.
      const start = /^[\^\w ]*/.exec(value)?.[0] ?? '';
      expect(line).toContain(start);
    }
  });
});

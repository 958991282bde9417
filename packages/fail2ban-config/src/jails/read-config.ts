import type { ConfigFiles } from '../config-files.ts';
import { Fail2banConfigError, quote } from '../fail2ban-config-error.ts';
import { DEFAULT_SECTION } from '../ini/ini-file.ts';
import { readServer, readStackSize } from '../server/read-server.ts';
import { type BrokenJail, configRecords } from '../stream/records.ts';
import { ConfigReader } from '../tree/config-reader.ts';
import type { ConfigTree } from '../tree/config-tree.ts';
import { valueAt } from '../values/value.ts';
import type { ConfigProblem, Fail2banConfig, JailConfig } from './jail-config.ts';
import { misspeltOptions } from './misspelt-options.ts';
import { ProblemCollector } from './problem-collector.ts';
import { JailReader } from './read-jail.ts';

/** The version whose dialect is read, for `%(fail2ban_version)s`. */
const DIALECT_VERSION = '1.0.2';

/** Options of {@link readConfig}. */
export interface ReadConfigOptions {
  /** Names of jails to read as if they were enabled, besides those that are. Default: none. */
  readonly jails?: readonly string[];
}

const INCLUDES = 'INCLUDES';

/** The jails' configuration with what fail2ban itself puts into [DEFAULT]. */
function withOwnDefaults(tree: ConfigTree, dir: string): ConfigTree {
  const place = { file: dir, line: 1 };
  const defaults = new Map(tree.defaults)
    .set('fail2ban_version', valueAt(DIALECT_VERSION, place))
    .set('fail2ban_confpath', valueAt(dir, place));
  return { ...tree, defaults };
}

const isJail = (section: string | undefined): section is string =>
  section !== undefined && section !== DEFAULT_SECTION && section !== INCLUDES;

const faultIn = (tree: ConfigTree, name: string): string =>
  tree.faults.find(({ section }) => section === name)?.error.message ?? '';

/** What is most likely not meant, in [DEFAULT] and in the jails that are read. */
function warningsOf(tree: ConfigTree, jails: readonly { readonly name: string }[]): readonly ConfigProblem[] {
  const ofDefault = misspeltOptions(tree, tree.defaults).map((error) => ({ error }));
  const ofJails = jails.flatMap(({ name }) => {
    const options = tree.sections.get(name)?.options;
    return options === undefined ? [] : misspeltOptions(tree, options).map((error) => ({ error, jail: name }));
  });
  return [...ofDefault, ...ofJails];
}

/** Reads the jails of a tree; what is wrong with them goes to `problems`. */
function readJails(
  reader: ConfigReader,
  tree: ConfigTree,
  asked: ReadonlySet<string>,
  problems: ConfigProblem[],
): readonly (JailConfig | BrokenJail)[] {
  const broken = new Set<string | undefined>();
  for (const { error, section } of tree.faults) {
    broken.add(section);
    problems.push(isJail(section) ? { error, jail: section } : { error });
  }
  if (broken.has(DEFAULT_SECTION)) return [];
  const jails: (JailConfig | BrokenJail)[] = [];
  for (const [name, section] of tree.sections) {
    if (!isJail(name)) continue;
    const collector = new ProblemCollector();
    const jailReader = new JailReader(reader, tree, name, section, collector);
    const jail = jailReader.enabled() || asked.has(name) ? jailReader.read() : undefined;
    problems.push(...collector.errors.map((error) => ({ error, jail: name })));
    if (collector.errors.length > 0) jails.push({ name, fault: jailReader.fault() });
    else if (broken.has(name)) jails.push({ name, fault: faultIn(tree, name) });
    else if (jail !== undefined) jails.push(jail);
  }
  return jails;
}

/**
 * Reads a whole fail2ban configuration: jail.conf, jail.d, jail.local, the filters and actions that the jails use, and
 * fail2ban.conf.
 *
 * 1. Files are read in fail2ban's order, with their includes and `.local` twins.
 * 2. Every jail that is enabled is resolved. What is wrong in it is listed in `problems`, one entry a fault, each with
 *    file, line and cure, and the jail is left out; the other jails are not touched by it.
 * 3. A fault in [DEFAULT] leaves all jails out, since all inherit from it. A file that cannot be read, and lines
 *    before the first section, are listed without a jail, and the rest holds.
 *
 * All that is returned is frozen. Reading is bounded in depth, number of files and size of values, whatever the files
 * hold. Nothing is thrown for what they hold.
 *
 * @param dir the configuration folder, `/etc/fail2ban`
 */
export function readConfig(files: ConfigFiles, dir: string, options: ReadConfigOptions = {}): Fail2banConfig {
  const reader = new ConfigReader(files, dir);
  const problems: ConfigProblem[] = [];
  const missing = (fault: string, cure: string, jail?: string): void => {
    const details = { file: `${reader.dir}/jail.conf`, line: 1, cure, value: jail };
    const error = new Fail2banConfigError('ERR_FAIL2BAN_CONFIG_MISSING', fault, details);
    problems.push(jail === undefined ? { error } : { error, jail });
  };
  const server = readServer(reader, problems);
  const tree = reader.tree('jail');
  const asked = new Set(options.jails);
  if (tree === undefined)
    missing('there is neither this file nor a jail.local nor a jail.d', 'name the folder that holds jail.conf');
  for (const name of asked) {
    if (tree !== undefined && !(isJail(name) && tree.sections.has(name)))
      missing(`there is no jail ${quote(name)}`, `name another jail, or add [${name}] to jail.local`, name);
  }
  const stackSize = readStackSize(reader, problems);
  const all = tree === undefined ? [] : readJails(reader, withOwnDefaults(tree, reader.dir), asked, problems);
  const warnings = tree === undefined ? [] : warningsOf(tree, all);
  const config: Fail2banConfig = Object.freeze({
    jails: Object.freeze(all.filter((jail): jail is JailConfig => !('fault' in jail))),
    problems: Object.freeze(problems.map((problem) => Object.freeze(problem))),
    warnings: Object.freeze(warnings.map((warning) => Object.freeze(warning))),
    server,
  });
  configRecords.set(config, { jails: all, stackSize });
  return config;
}

import type { ConfigFiles } from '../config-files.ts';
import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';
import { actionRecords } from '../stream/records.ts';
import { parseDuration } from '../syntax/parse-duration.ts';
import { type OptionList, parseOptionList } from '../syntax/parse-option-list.ts';
import { readBoolean } from '../syntax/read-value.ts';
import { ConfigReader } from '../tree/config-reader.ts';
import { placeOf, textOf, type Value, valueAt } from '../values/value.ts';
import { COMMANDS, conditionalNames, familiesOf } from './action-commands.ts';
import type { ActionConfig } from './action-config.ts';
import { commandsFor } from './action-template.ts';
import { Definition } from './definition.ts';
import { ARGUMENT, argumentsOf, openDefinition } from './open-definition.ts';

const DEFAULT_TIMEOUT_SECONDS = 60;
/** Options of the definition itself, which are no parameters. */
const FLAGS = ['actionstart_on_demand', 'actionrepair_on_unban', 'norestored'] as const;
const OWN_OPTIONS: ReadonlySet<string> = new Set([...COMMANDS, ...FLAGS]);
/** What an action is resolved for. */
export interface ActionUse {
  /** Name of the jail, which is the default of the parameter `name`. */
  readonly jail: string | undefined;
  /** What the action may refer to. */
  readonly jailOption: (name: string) => Value | undefined;
  /** Where the action is asked for. */
  readonly asked: Place | undefined;
}

/** `file`, with what sets the parameter `name` apart from the jail's name: `iptables-tcp` for `name=sshd-tcp`. */
function actionName(file: string, name: string | undefined, jail: string | undefined): string {
  if (name === undefined || jail === undefined || name === jail) return file;
  return file + (name.startsWith(jail) ? name.slice(jail.length) : `-${name}`);
}

function parametersOf(definition: Definition): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = Object.create(null);
  for (const name of definition.initNames()) {
    const value = definition.given(name);
    if (value !== undefined && !OWN_OPTIONS.has(name)) parameters[name] = textOf(value);
  }
  return Object.freeze(parameters);
}

/**
 * Resolves the action that `list` names.
 * @param value what the list was parsed from, having begun at `at`
 */
export function openAction(
  reader: ConfigReader,
  list: OptionList,
  value: Value,
  at: number,
  use: ActionUse,
): ActionConfig {
  if (list.name.endsWith('.py')) {
    const fault = `${quote(list.name)} is an action written in Python, which does not run here`;
    const cure = 'name an action that has an action.d/*.conf file';
    throw faultAt(use.asked, 'ERR_FAIL2BAN_CONFIG_PYTHON_ACTION', fault, cure);
  }
  const args = argumentsOf(list, value, at);
  const passed = (name: string): string | undefined => (args.has(name) ? textOf(args.get(name) as Value) : undefined);
  const name = passed('actname') ?? actionName(list.name, passed('name'), use.jail);
  if (use.jail !== undefined && !args.has('name')) args.set('name', valueAt(use.jail, use.asked ?? ARGUMENT));
  args.set('actname', valueAt(name, use.asked ?? ARGUMENT));
  const { tree, section } = openDefinition(reader, 'action', list.name, use.asked);
  const source = { tree, args, jailOption: use.jailOption };
  const definition = new Definition(source);

  const timeout = definition.option('timeout');
  const seconds = timeout ? parseDuration(textOf(timeout), placeOf(timeout)) : DEFAULT_TIMEOUT_SECONDS;
  const flag = (option: string): boolean | undefined => {
    const text = definition.option(option);
    return text && readBoolean(option, text);
  };
  const families = familiesOf(definition, conditionalNames(definition));
  const commands = commandsFor(definition, source, seconds);
  const action: ActionConfig = Object.freeze({
    name,
    file: list.name,
    commands: commands.inet4,
    commandsV6: commands.inet6,
    families: Object.freeze(families),
    startOnDemand: flag('actionstart_on_demand') ?? families.length > 0,
    noRestored: flag('norestored') ?? false,
    repairOnUnban: flag('actionrepair_on_unban') ?? false,
    timeoutMs: Math.round(seconds * 1000),
    parameters: parametersOf(definition),
    place: section.place,
  });
  const flags = new Map<string, boolean>();
  for (const option of FLAGS) {
    const value = flag(option);
    if (value !== undefined) flags.set(option, value);
  }
  const isArgument = (option: string): boolean => args.has(option);
  actionRecords.set(action, { staged: commands.staged, flags, given: definition.initNames(), isArgument });
  return action;
}

/** Options of {@link readAction}. */
export interface ReadActionOptions {
  /** Name of the jail, which the action has as `<name>`. Default: none, so the one of its [Init]. */
  readonly jail?: string;
}

/**
 * Reads one action, for use without a jail.
 *
 * @param dir the configuration folder
 * @param spec `iptables`, or with options `iptables[name=sshd, port=ssh]`
 * @throws Fail2banConfigError with file, line and cure
 */
export function readAction(
  files: ConfigFiles,
  dir: string,
  spec: string,
  options: ReadActionOptions = {},
): ActionConfig {
  return openAction(new ConfigReader(files, dir), parseOptionList(spec), valueAt(spec, ARGUMENT), 0, {
    jail: options.jail,
    jailOption: () => undefined,
    asked: undefined,
  });
}

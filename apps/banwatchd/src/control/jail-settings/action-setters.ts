import { type ActionCommands, type ActionConfig, changeJail, parseTimeMs } from '@sluice/fail2ban-config';
import { badValue } from '../control-fault.ts';
import type { Json } from '../json.ts';
import type { ActionOperation, RunningJail } from '../running-jail.ts';
import { actionNamed, actionProperty } from './action-getters.ts';
import { actionOperations } from './action-operations.ts';
import type { JailSetter } from './jail-setter.ts';
import { ownPlace } from './own-place.ts';

const noCommands: ActionCommands = {
  actionstart: '',
  actionstop: '',
  actioncheck: '',
  actionban: '',
  actionunban: '',
  actionflush: '',
  actionprolong: '',
  actionreban: '',
  actionrepair: '',
  actionreload: '',
};

const defaultTimeoutMs = 60_000;

const emptyAction = (name: string): ActionConfig => ({
  name,
  file: name,
  commands: noCommands,
  commandsV6: noCommands,
  families: [],
  startOnDemand: false,
  noRestored: false,
  repairOnUnban: false,
  timeoutMs: defaultTimeoutMs,
  parameters: Object.create(null),
  place: ownPlace('addaction'),
});

const withActions = (jail: RunningJail, actions: readonly ActionConfig[]): Promise<void> =>
  jail.reconfigure(changeJail(jail.config, { actions }));

const isCommand = (property: string): property is keyof ActionCommands => Object.hasOwn(noCommands, property);
const isOperation = (word: string): word is ActionOperation => (actionOperations as readonly string[]).includes(word);

/** The action with another value of one property. */
function changed(action: ActionConfig, property: string, value: string): ActionConfig {
  if (property === 'timeout') return { ...action, timeoutMs: parseTimeMs(value, ownPlace('timeout')) };
  if (!isCommand(property)) {
    const parameters = Object.assign(Object.create(null), action.parameters, Object.fromEntries([[property, value]]));
    return { ...action, parameters };
  }
  const commands = { ...action.commands, [property]: value };
  const commandsV6 = action.commandsV6 === action.commands ? commands : { ...action.commandsV6, [property]: value };
  return { ...action, commands, commandsV6 };
}

/** Whom an operation is for: `{"aInfo": {"ip": "192.0.2.1"}}`, or shorter `{"ip": "192.0.2.1"}`. */
function idIn(json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw badValue(`expected JSON such as {"ip": "192.0.2.1"}, not ${json.slice(0, 80)}`);
  }
  const outer = value as { aInfo?: { ip?: unknown; fid?: unknown }; ip?: unknown } | null;
  const id = outer?.aInfo?.fid ?? outer?.aInfo?.ip ?? outer?.ip;
  return id === undefined ? undefined : String(id);
}

/** `set JAIL addaction NAME`, `delaction NAME`, `action NAME PROPERTY VALUE`, `action NAME OPERATION [JSON]`. */
export const actionSetters: Readonly<Record<string, JailSetter>> = {
  addaction: {
    least: 1,
    async set(jail, [name = '', ...python]) {
      if (python.length > 0) throw badValue('actions written in Python are not run');
      if (jail.config.actions.some((action) => action.name === name)) throw badValue(`Action ${name} already exists`);
      await withActions(jail, [...jail.config.actions, emptyAction(name)]);
      return name;
    },
  },

  delaction: {
    least: 1,
    async set(jail, [name = '']) {
      const gone = actionNamed(jail, name);
      await withActions(
        jail,
        jail.config.actions.filter((action) => action !== gone),
      );
      return null;
    },
  },

  action: {
    least: 2,
    async set(jail, [name = '', property = '', value]): Promise<Json> {
      const action = actionNamed(jail, name);
      if (isOperation(property)) {
        await jail.runAction(name, property, idIn(value));
        return true;
      }
      if (value === undefined) throw badValue(`expected a value for ${property}`);
      await withActions(
        jail,
        jail.config.actions.map((one) => (one === action ? changed(one, property, value) : one)),
      );
      return actionProperty(actionNamed(jail, name), property);
    },
  },
};

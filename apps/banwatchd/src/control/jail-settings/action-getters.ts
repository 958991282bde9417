import type { ActionConfig } from '@sluice/fail2ban-config';
import { ControlFault, unknownAction } from '../control-fault.ts';
import type { Json } from '../json.ts';
import type { RunningJail } from '../running-jail.ts';
import { actionOperations } from './action-operations.ts';
import type { JailGetter } from './jail-getter.ts';

/** An action of a jail. @throws ControlFault when it has none of this name */
export function actionNamed({ config }: RunningJail, name: string): ActionConfig {
  const action = config.actions.find((one) => one.name === name);
  if (action === undefined) throw unknownAction(name);
  return action;
}

/** Commands that an action has only where they are written. */
const laterCommands: readonly string[] = ['actionprolong'];

/** What can be read of an action: its commands, parameters, time limit and names. */
export function actionProperties(action: ActionConfig): Map<string, Json> {
  const properties = new Map<string, Json>(Object.entries(action.parameters));
  for (const [name, text] of Object.entries(action.commands))
    if (text !== '' || !laterCommands.includes(name)) properties.set(name, text);
  if (action.noRestored) properties.set('norestored', '1');
  return properties.set('actname', action.name).set('timeout', action.timeoutMs / 1000);
}

/** One property. @throws ControlFault when there is none of this name */
export function actionProperty(action: ActionConfig, name: string): Json {
  const value = actionProperties(action).get(name);
  if (value !== undefined) return value;
  throw new ControlFault('ERR_BANWATCHD_UNKNOWN_PROPERTY', `'CommandAction' object has no attribute '${name}'`);
}

/** `get JAIL actions`, `get JAIL action ACT PROPERTY`, `actionproperties ACT`, `actionmethods ACT`. */
export const actionGetters: Readonly<Record<string, JailGetter>> = {
  actions: { least: 0, get: ({ config }) => config.actions.map(({ name }) => name) },
  action: {
    least: 2,
    get: (jail, [action = '', property = '']) => actionProperty(actionNamed(jail, action), property),
  },
  actionproperties: {
    least: 1,
    get: (jail, [action = '']) => [...actionProperties(actionNamed(jail, action)).keys()].sort(),
  },
  actionmethods: {
    least: 1,
    get(jail, [action = '']) {
      actionNamed(jail, action);
      return actionOperations;
    },
  },
};

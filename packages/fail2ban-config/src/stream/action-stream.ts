import type { ActionCommands, ActionConfig } from '../definitions/action-config.ts';
import type { Json } from './json.ts';
import { actionRecords } from './records.ts';

/** In this order fail2ban knows them. */
const ORDER = [
  'actionstart',
  'actionstart_on_demand',
  'actionstop',
  'actionflush',
  'actionreload',
  'actioncheck',
  'actionrepair',
  'actionrepair_on_unban',
  'actionban',
  'actionprolong',
  'actionreban',
  'actionunban',
  'norestored',
] as const;

/** What fail2ban's client sends for an action. */
export function actionStream(jail: string, action: ActionConfig): readonly (readonly Json[])[] {
  const record = actionRecords.get(action);
  const { name, parameters } = action;
  const add = ['set', jail, 'addaction', name];
  if (record === undefined) return [add];
  const own: ReadonlySet<string> = new Set(ORDER);
  const value = (option: string): Json | undefined =>
    record.flags.get(option) ?? record.staged.get(option as keyof ActionCommands);
  // What is passed stands behind what the file says.
  const passed = record.given.filter((option) => own.has(option) && record.isArgument(option));
  const names = new Set([...ORDER.filter((option) => !passed.includes(option)), ...passed]);
  const properties: Json[] = [...names]
    .map((option) => [option, value(option)] as const)
    .filter((pair): pair is [string, Json] => pair[1] !== undefined)
    .concat(Object.entries(parameters));
  if (properties.length > 1) return [add, ['multi-set', jail, 'action', name, properties]];
  return properties.length === 0 ? [add] : [add, ['set', jail, 'action', name, ...(properties[0] as Json[])]];
}

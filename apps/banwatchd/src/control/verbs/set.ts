import { invalidCommand } from '../control-fault.ts';
import { jailSetters } from '../jail-settings/jail-setters.ts';
import { argumentAt, jailNamed, type Verb } from '../verb.ts';
import { serverSettings } from './server-settings.ts';

/** `set SETTING VALUE` and `set JAIL OPTION […]`; the answer is the value as it is then. */
export const set: Verb = async ({ plane }, args) => {
  const name = argumentAt(args, 0);
  if (Object.hasOwn(serverSettings, name)) {
    const setting = serverSettings[name];
    await setting?.set(plane, argumentAt(args, 1));
    return setting?.get(plane) ?? null;
  }
  const option = argumentAt(args, 1);
  const setter = jailSetters.of(option);
  if (setter === undefined) throw invalidCommand(` '${option}' (no set action or not yet implemented)`);
  const values = args.slice(2);
  if (values.length < setter.least) argumentAt(values, setter.least - 1);
  return setter.set(jailNamed(plane, name), values);
};

import { invalidCommand } from '../control-fault.ts';
import { jailGetters } from '../jail-settings/jail-getters.ts';
import { argumentAt, jailNamed, type Verb } from '../verb.ts';
import { serverSettings } from './server-settings.ts';

/** `get SETTING` and `get JAIL OPTION […]`. */
export const get: Verb = ({ plane }, args) => {
  const name = argumentAt(args, 0);
  if (Object.hasOwn(serverSettings, name)) return serverSettings[name]?.get(plane) ?? null;
  const option = argumentAt(args, 1);
  const getter = jailGetters.of(option);
  if (getter === undefined) throw invalidCommand(' (no get action or not yet implemented)');
  const values = args.slice(2);
  if (values.length < getter.least) argumentAt(values, getter.least - 1);
  return getter.get(jailNamed(plane, name), values);
};

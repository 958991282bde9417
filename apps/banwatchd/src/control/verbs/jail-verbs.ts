import { pythonRepr } from '@sluice/fail2ban-config';
import { ComponentError } from '@sluice/pipeline';
import { badValue, ControlFault, unknownJail } from '../control-fault.ts';
import type { ReloadOptions } from '../control-plane.ts';
import { problemTexts } from '../problem-texts.ts';
import { argumentAt, jailNamed, type Verb } from '../verb.ts';

/** Verbs that begin, end and renew jails. */
export const jailVerbs: Readonly<Record<string, Verb>> = {
  add({ plane }, args) {
    const name = argumentAt(args, 0);
    if (plane.jails.has(name))
      throw new ControlFault('ERR_BANWATCHD_DUPLICATE_JAIL', `The jail '${name}' already exists`, [name]);
    throw new ControlFault(
      'ERR_BANWATCHD_COMMAND',
      `a jail is not made from nothing: write [${name}] into jail.local, then: banwatch start ${name}`,
    );
  },

  async start({ plane }, args) {
    const name = argumentAt(args, 0);
    const running = plane.jails.get(name);
    if (running !== undefined) running.idle = false;
    else
      await plane.startJail(name).catch((error: unknown) => {
        throw error instanceof ComponentError && error.code === 'ERR_BANWATCHD_UNKNOWN_JAIL'
          ? unknownJail(name)
          : error;
      });
    return null;
  },

  async stop({ plane }, args) {
    const [name] = args;
    if (name === undefined) await plane.stop();
    else if (name === '--all') for (const jail of [...plane.jails.keys()]) await plane.stopJail(jail);
    else await plane.stopJail(jailNamed(plane, name).name);
    return null;
  },

  async reload({ plane, note }, args) {
    await plane.reload(reloadOptions(args));
    for (const problem of problemTexts(plane)) note(problem);
    return 'OK';
  },
};

const flags: ReadonlyMap<string, ReloadOptions> = new Map([
  ['--restart', { restart: true }],
  ['--unban', { unban: true }],
  ['--if-exists', { ifExists: true }],
]);

/** `[--restart] [--unban] [--if-exists] [--all | JAIL]` */
function reloadOptions(args: readonly string[]): ReloadOptions {
  let options: ReloadOptions = {};
  let at = 0;
  for (let flag = flags.get(args[at] ?? ''); flag !== undefined; flag = flags.get(args[at] ?? '')) {
    options = { ...options, ...flag };
    at += 1;
  }
  const [jail, ...more] = args.slice(at);
  if (more.length > 0) throw badValue(`Unexpected argument(s) for reload: ${pythonRepr(args.slice(at))}`);
  return jail === undefined || jail === '--all' ? options : { ...options, jail };
}

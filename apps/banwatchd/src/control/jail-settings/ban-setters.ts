import { pythonRepr } from '@sluice/fail2ban-config';
import { isNoAddress } from '../../is-no-address.ts';
import { badValue, ControlFault, missingArgument } from '../control-fault.ts';
import type { JailSetter } from './jail-setter.ts';

/** What the log may not ban, a hand may not either; names and other ids may be. */
function refuseNoAddress(ids: readonly string[]): void {
  const bad = ids.find(isNoAddress);
  if (bad !== undefined) throw badValue(`${pythonRepr(bad)} reads like an address and is none`);
}

/** `set JAIL banip`, `unbanip` and `attempt`: bans and failures by hand. */
export const banSetters: Readonly<Record<string, JailSetter>> = {
  banip: {
    least: 0,
    set(jail, ids) {
      refuseNoAddress(ids);
      return ids.length === 0 ? Promise.resolve(0) : jail.ban(ids);
    },
  },

  unbanip: {
    least: 1,
    async set(jail, values) {
      if (values[0] !== '--report-absent') return (await jail.unban(values)).length;
      const targets = values.slice(1);
      const counts = await Promise.all(targets.map(async (target) => (await jail.unban([target])).length));
      const absent = targets.filter((_, index) => counts[index] === 0);
      if (absent.length > 0) throw new ControlFault('ERR_BANWATCHD_ABSENT', `not banned: ${pythonRepr(absent)}`);
      return counts.reduce((total, count) => total + count, 0);
    },
  },

  attempt: {
    least: 0,
    async set(jail, [id, ...lines]) {
      if (id === undefined) throw missingArgument();
      if (id === '') throw badValue('an attempt needs the address of who failed');
      refuseNoAddress([id]);
      await jail.attempt(id, lines);
      return 1;
    },
  },
};

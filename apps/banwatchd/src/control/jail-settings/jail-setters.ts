import { changeJail, type JailConfig } from '@sluice/fail2ban-config';
import { badValue } from '../control-fault.ts';
import type { RunningJail } from '../running-jail.ts';
import { actionSetters } from './action-setters.ts';
import { banSetters } from './ban-setters.ts';
import { banTimeExtra, isBanTimeExtra, withBanTimeExtra } from './ban-time-extra.ts';
import { filterChanges } from './filter-changes.ts';
import { ignoringChanges } from './ignoring-changes.ts';
import { getOption } from './jail-getters.ts';
import type { JailSetter, ShownChange } from './jail-setter.ts';
import { logChanges } from './log-changes.ts';
import { policyChanges } from './policy-changes.ts';

async function apply(jail: RunningJail, changes: Partial<JailConfig>): Promise<void> {
  await jail.reconfigure(changeJail(jail.config, changes));
}

const idle: JailSetter = {
  least: 1,
  async set(jail, [value]) {
    if (value !== 'on' && value !== 'off') throw badValue("Invalid idle option, must be 'on' or 'off'");
    jail.idle = value === 'on';
    return jail.idle;
  },
};

const changes: Readonly<Record<string, ShownChange>> = {
  ...filterChanges,
  ...ignoringChanges,
  ...logChanges,
  ...policyChanges,
};

const setters: ReadonlyMap<string, JailSetter> = new Map([
  ...Object.entries(changes).map(([option, { change, shows = option }]): [string, JailSetter] => [
    option,
    {
      least: 1,
      async set(jail, values) {
        await apply(jail, change(jail.config, values));
        return getOption(jail, shows);
      },
    },
  ]),
  ['idle', idle],
  ...Object.entries(banSetters),
  ...Object.entries(actionSetters),
]);

const extra = (option: string): JailSetter => ({
  least: 1,
  async set(jail, [value = '']) {
    if (!isBanTimeExtra(option)) throw badValue(`there is no option ${option}`);
    await apply(jail, withBanTimeExtra(jail.config, option, value));
    return banTimeExtra(jail.config, option);
  },
});

/** The options that can be set, by name; `bantime.X` for each X that there is. */
export const jailSetters = {
  of: (option: string): JailSetter | undefined => (option.startsWith('bantime.') ? extra(option) : setters.get(option)),
  names: (): readonly string[] => [...setters.keys()],
};

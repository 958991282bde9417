import { IgnoreList, idOf } from '@sluice/ban-policy';
import { type JailConfig, readIgnoreCache } from '@sluice/fail2ban-config';
import { badValue } from '../control-fault.ts';
import type { ShownChange } from './jail-setter.ts';
import { ownPlace } from './own-place.ts';

const isOn = (text: string): boolean => /^(?:1|on|true|yes)$/i.test(text);

/** Here, where the command is to blame, and not the line of the jail that holds its list. */
function refuseNoNetwork(entries: readonly string[]): void {
  try {
    new IgnoreList(entries);
  } catch (error) {
    throw badValue((error as Error).message);
  }
}

/** Options that say who is never banned. */
export const ignoringChanges: Readonly<Record<string, ShownChange>> = {
  ignoreself: { change: (_, [value = '']) => ({ ignoreSelf: isOn(value) }) },
  addignoreip: {
    shows: 'ignoreip',
    change({ ignoreIp }, values) {
      const added = values.filter((one) => one !== '');
      refuseNoNetwork(added.filter((one) => !one.startsWith('file:')));
      return { ignoreIp: [...new Set([...ignoreIp, ...added])] };
    },
  },
  delignoreip: {
    shows: 'ignoreip',
    change({ ignoreIp }, [value = '']) {
      const gone = idOf(value);
      if (!ignoreIp.some((one) => idOf(one) === gone)) throw badValue('list.remove(x): x not in list');
      return { ignoreIp: ignoreIp.filter((one) => idOf(one) !== gone) };
    },
  },
  ignorecommand: {
    change: (_, [value = '']) => ({ ignoreCommand: value.trim() === '' ? undefined : value }) as Partial<JailConfig>,
  },
  ignorecache: {
    change: (_, [value = '']) =>
      ({ ignoreCache: readIgnoreCache(value, ownPlace('ignorecache')) }) as Partial<JailConfig>,
  },
};

import { type JailConfig, readIgnoreCache } from '@sluice/fail2ban-config';
import { badValue } from '../control-fault.ts';
import type { ShownChange } from './jail-setters.ts';
import { ownPlace } from './own-place.ts';

const isOn = (text: string): boolean => /^(?:1|on|true|yes)$/i.test(text);

/** Options that say who is never banned. */
export const ignoringChanges: Readonly<Record<string, ShownChange>> = {
  ignoreself: { change: (_, [value = '']) => ({ ignoreSelf: isOn(value) }) },
  addignoreip: {
    shows: 'ignoreip',
    change: ({ ignoreIp }, values) => ({
      ignoreIp: [...new Set([...ignoreIp, ...values.filter((one) => one !== '')])],
    }),
  },
  delignoreip: {
    shows: 'ignoreip',
    change({ ignoreIp }, [value = '']) {
      if (!ignoreIp.includes(value)) throw badValue('list.remove(x): x not in list');
      return { ignoreIp: ignoreIp.filter((one) => one !== value) };
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

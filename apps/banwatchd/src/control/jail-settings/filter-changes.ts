import type { FilterConfig, JailConfig, Setting } from '@sluice/fail2ban-config';
import { badValue } from '../control-fault.ts';
import type { ShownChange } from './jail-setter.ts';
import { ownPlace } from './own-place.ts';
import { readCount } from './read-count.ts';

const setting = (option: string, value: string): Setting<string> => ({ value, place: ownPlace(option) });

/** The filter with other values; a jail without one gets an empty one. */
function changeFilter({ name, filter, place }: JailConfig, changes: object): Partial<JailConfig> {
  const empty: FilterConfig = { name, failRegex: [], ignoreRegex: [], journalMatch: [], place };
  return { filter: { ...(filter ?? empty), ...changes } };
}

type Regexes = 'failRegex' | 'ignoreRegex';

const adding = (key: Regexes, option: string): ShownChange => ({
  shows: key.toLowerCase(),
  change: (config, [value = '']) =>
    changeFilter(config, { [key]: [...(config.filter?.[key] ?? []), setting(option, value)] }),
});

// One that is not there is no fault, as in fail2ban.
const removing = (key: Regexes): ShownChange => ({
  shows: key.toLowerCase(),
  change(config, [value = '']) {
    const [regexes, index] = [config.filter?.[key] ?? [], readCount(value, Number.NEGATIVE_INFINITY)];
    const at = index < 0 ? regexes.length + index : index;
    return changeFilter(config, { [key]: regexes.filter((_, place) => place !== at) });
  },
});

const ways: readonly string[] = ['yes', 'warn', 'no', 'raw'];

/** Options that say what is found in a line. */
export const filterChanges: Readonly<Record<string, ShownChange>> = {
  addfailregex: adding('failRegex', 'addfailregex'),
  delfailregex: removing('failRegex'),
  addignoreregex: adding('ignoreRegex', 'addignoreregex'),
  delignoreregex: removing('ignoreRegex'),
  prefregex: {
    change: (config, [value = '']) =>
      changeFilter(config, { prefRegex: value === '' ? undefined : setting('prefregex', value) }),
  },
  datepattern: {
    change: (config, [value = '']) =>
      changeFilter(config, { datePattern: value.trim() === '' ? undefined : setting('datepattern', value) }),
  },
  maxlines: {
    change(config, [value = '']) {
      const maxLines = readCount(value, Number.NEGATIVE_INFINITY);
      if (maxLines <= 0) throw badValue('maxlines must be integer greater than zero');
      return { ...changeFilter(config, { maxLines }), maxLines };
    },
  },
  usedns: {
    // fail2ban takes any other word for `no`, the safe one.
    change: (_, [value = '']) => ({
      useDns: (ways.includes(value.toLowerCase()) ? value.toLowerCase() : 'no') as JailConfig['useDns'],
    }),
  },
};

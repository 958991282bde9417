import { type JailConfig, parseDuration, readIncrement, type Setting } from '@sluice/fail2ban-config';
import type { Json } from '../json.ts';
import { ownPlace } from './own-place.ts';

const isOn = (text: string | undefined): boolean => /^(?:1|on|true|yes)$/i.test(text ?? '');
const times: readonly string[] = ['bantime.maxtime', 'bantime.rndtime'];
const known: readonly string[] = [
  ...['increment', 'factor', 'formula', 'multipliers', 'maxtime', 'rndtime', 'overalljails'].map(
    (name) => `bantime.${name}`,
  ),
];

/** The value of a `bantime.X`: `null` where it is not set, seconds for times. */
export function banTimeExtra({ settings }: JailConfig, option: string): Json {
  const text = settings[option]?.value.trim() ?? '';
  if (option === 'bantime.increment') return text === '' ? null : isOn(text);
  if (text === '') return null;
  return times.includes(option) ? parseDuration(text) : text;
}

/** A jail's settings with one `bantime.X` set, or with `''` taken out, and what follows for how bans grow. */
export function withBanTimeExtra({ settings }: JailConfig, option: string, text: string): Partial<JailConfig> {
  const changed: Record<string, Setting<string>> = Object.assign(Object.create(null), settings);
  // Also where bans do not grow yet: a value that is no time could not be shown.
  if (times.includes(option) && text.trim() !== '') parseDuration(text, ownPlace(option));
  if (text.trim() === '') delete changed[option];
  else changed[option] = { value: text, place: ownPlace(option) };
  return { settings: changed, increment: readIncrement(changed) } as Partial<JailConfig>;
}

export const isBanTimeExtra = (option: string): boolean => known.includes(option);

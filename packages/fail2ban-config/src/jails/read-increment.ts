import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Setting } from '../place.ts';
import { parseTimeMs } from '../syntax/parse-duration.ts';
import { readBoolean } from '../syntax/read-value.ts';
import { valueAt } from '../values/value.ts';
import type { BanTimeIncrement } from './jail-config.ts';

/**
 * Reads `bantime.*` of a jail's settings.
 *
 * @returns `undefined` unless `bantime.increment` is on
 * @throws Fail2banConfigError for a word or a time that is none
 */
export function readIncrement(settings: Readonly<Record<string, Setting<string>>>): BanTimeIncrement | undefined {
  const text = (name: string): string | undefined => settings[`bantime.${name}`]?.value.trim() || undefined;
  const isOn = (name: string): boolean => {
    const setting = settings[`bantime.${name}`];
    return setting !== undefined && readBoolean(`bantime.${name}`, valueAt(setting.value, setting.place));
  };
  const time = (name: string): number | undefined => {
    const written = text(name);
    if (written === undefined) return undefined;
    const place = settings[`bantime.${name}`]?.place;
    const timeMs = parseTimeMs(written, place);
    // A bound of nothing would end every ban at once.
    if (timeMs > 0 || (timeMs === 0 && name !== 'maxtime')) return timeMs;
    const wanted = name === 'maxtime' ? 'a time above 0' : 'a time that is not negative';
    const fault = `bantime.${name} must be ${wanted}, not ${quote(written)}`;
    throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_OPTION', fault, `write bantime.${name} = 1w, or take it out for no end`);
  };
  if (!isOn('increment')) return undefined;
  const [factor, formula, multipliers] = [text('factor'), text('formula'), text('multipliers')];
  const [maxTimeMs, rndTimeMs] = [time('maxtime'), time('rndtime')];
  return Object.freeze({
    ...(factor !== undefined && { factor }),
    ...(formula !== undefined && { formula }),
    ...(multipliers !== undefined && { multipliers }),
    ...(maxTimeMs !== undefined && { maxTimeMs }),
    ...(rndTimeMs !== undefined && { rndTimeMs }),
    overallJails: isOn('overalljails'),
  });
}

import type { UseDns } from '../definitions/filter-config.ts';
import { faultAt, quote } from '../fail2ban-config-error.ts';
import { placeOf, textOf, type Value } from '../values/value.ts';

const TRUE = new Set(['1', 'on', 'true', 'yes']);
const FALSE = new Set(['', '0', 'off', 'false', 'no']);
const USE_DNS: ReadonlySet<string> = new Set<UseDns>(['yes', 'warn', 'no', 'raw']);

const wrong = (option: string, value: Value, wanted: string, cure: string): Error =>
  faultAt(
    placeOf(value),
    'ERR_FAIL2BAN_CONFIG_OPTION',
    `${option} must be ${wanted}, not ${quote(textOf(value))}`,
    cure,
  );

/** A whole number of at least `min`. */
export function readInteger(option: string, value: Value, min: number): number {
  const text = textOf(value).trim();
  const number = /^[-+]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min) return number;
  throw wrong(option, value, `a whole number of at least ${min}`, `write ${option} = ${Math.max(min, 5)}`);
}

/** fail2ban's words for yes and no, in any case. It takes all other words for no; here they are a fault. */
export function readBoolean(option: string, value: Value): boolean {
  const text = textOf(value).trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw wrong(option, value, 'true or false', `write ${option} = true or ${option} = false`);
}

/** `yes`, `warn`, `no` or `raw`, in any case. */
export function readUseDns(value: Value): UseDns {
  const text = textOf(value).trim().toLowerCase();
  if (USE_DNS.has(text)) return text as UseDns;
  throw wrong('usedns', value, 'yes, warn, no or raw', 'write usedns = warn');
}

import { parseOptionList } from '@sluice/fail2ban-config';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { LogTarget } from './log-target.ts';
import { facilities } from './syslog-priority.ts';

const kinds: ReadonlyMap<string, LogTarget['kind']> = new Map([
  ['STDOUT', 'stdout'],
  ['STDERR', 'stderr'],
  ['SYSOUT', 'sysout'],
  ['SYSLOG', 'syslog'],
  ['SYSTEMD-JOURNAL', 'journal'],
]);

const isOn = (text: string): boolean => /^(?:1|on|true|yes)$/i.test(text);

/**
 * Reads a `logtarget`: a path, or one of `STDOUT`, `STDERR`, `SYSOUT`, `SYSLOG`, `SYSTEMD-JOURNAL` in any case, each with the
 * options `[datetime=on|off, padding=on|off, format="…", facility=…]`.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_LOG_TARGET`
 */
export function parseLogTarget(text: string): LogTarget {
  const { name, options } = parseOptionList(text);
  const given = new Map(options.map((option) => [option.name, option.value]));
  const kind = kinds.get(name.toUpperCase()) ?? 'file';
  const [datetime, padding, format] = [given.get('datetime'), given.get('padding'), given.get('format')];
  const facility = (given.get('facility') ?? 'daemon').toLowerCase();
  if (!facilities.has(facility))
    throw new BanwatchdError('ERR_BANWATCHD_LOG_TARGET', `syslog has no facility "${facility}"`, {
      cure: `write one of ${[...facilities.keys()].join(', ')}`,
      value: text,
    });
  return {
    kind,
    text: name,
    ...(kind === 'file' && { path: name }),
    datetime: datetime === undefined ? kind !== 'syslog' && kind !== 'sysout' && kind !== 'journal' : isOn(datetime),
    padding: padding === undefined ? kind !== 'syslog' : isOn(padding),
    ...(format !== undefined && format !== '' && { format }),
    facility,
  };
}

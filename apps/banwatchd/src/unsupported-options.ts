import type { JailConfig, Place } from '@sluice/fail2ban-config';

const on = /^(?:1|on|true|yes)$/i;

/** What a jail asks for that has no effect yet: one line each with place and consequence. */
export function unsupportedOptions(jail: JailConfig): readonly string[] {
  const asked: [option: string, consequence: string][] = [];
  if (jail.ignoreCommand) asked.push(['ignorecommand', 'it is not run, and exempts nobody']);
  if (on.test(jail.settings['bantime.increment']?.value ?? ''))
    asked.push(['bantime.increment', 'every ban lasts as long as the first']);
  return asked.map(([option, consequence]) => {
    const place: Place = jail.placeOf(option) ?? jail.place;
    return `${place.file}:${place.line}: ${option} is not supported yet: ${consequence}`;
  });
}

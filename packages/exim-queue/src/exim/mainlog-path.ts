import path from 'node:path';
import type { EximSettings } from './ask-settings.ts';

/**
 * Where the main log is by `log_file_path`, or undefined where it goes to syslog only. A date in the name (`%D`, `%M`)
 * becomes `*`: the log is then one file a day or a month, and the path a pattern.
 */
export function mainlogPath({ spoolDirectory, logFilePath }: EximSettings): string | undefined {
  const items = logFilePath === '' ? [''] : splitList(logFilePath);
  const file = items.find((item) => item !== 'syslog');
  if (file === undefined) return undefined;
  // An empty item stands for the place that was built in, which Debian and the default agree on only in its last part.
  const pattern = file === '' ? path.join(spoolDirectory, 'log', '%slog') : file;
  return pattern.replace(/%(s|[DM])/g, (_, letter: string) => (letter === 's' ? 'main' : '*'));
}

/** Items of one of Exim's lists: parted by colons, or by the character behind a `<` at its beginning. */
function splitList(list: string): readonly string[] {
  const [, other, rest] = /^\s*<(\S)(.*)$/.exec(list) ?? [];
  return (rest ?? list).split(other ?? ':').map((item) => item.trim());
}

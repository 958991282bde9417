import type { JailConfig } from '@sluice/fail2ban-config';
import { parseDatePattern, templateName } from '@sluice/fail2ban-filter';
import type { Json } from '../json.ts';

/** More templates than this have no name of their own. */
const maxNamed = 2;

/** The date pattern of a jail as `[pattern, readable name]`; the defaults, and words like EPOCH, have no pattern. */
export function datePattern({ filter }: JailConfig): Json {
  const text = filter?.datePattern?.value.trim() ?? '';
  const templates = text === '' ? [] : parseDatePattern(text);
  const [first] = templates;
  if (first === undefined || templates.length > maxNamed) return [null, 'Default Detectors'];
  const [line = ''] = text.split('\n', 1);
  const name = templateName(first.name);
  return line.includes('%') || /\{L?EPOCH\}/i.test(line) ? [line.trim(), name] : [null, name];
}

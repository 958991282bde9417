import type { Json } from '../../control/json.ts';
import { jailOptionTexts, serverSettingTexts } from './option-text.ts';
import { pythonText } from './python-text.ts';
import { statsText } from './stats-text.ts';
import { jailStatusText, statusText } from './status-text.ts';

type Fields = { readonly [name: string]: Json };

const isFields = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `fail2ban-client` prints for the answer to a command. */
export function answerText(command: readonly string[], value: Json, isUnicode: boolean): string {
  const [verb = '', name, option = ''] = command;
  switch (verb) {
    case 'ping':
      return `Server replied: ${pythonText(value)}`;
    case 'start':
      return 'Jail started';
    case 'stop':
      return name === undefined ? 'Shutdown successful' : 'Jail stopped';
    case 'flushlogs':
      return `logs: ${pythonText(value)}`;
    case 'echo':
      return Array.isArray(value) ? value.map(pythonText).join(' ') : pythonText(value);
    case 'stats':
    case 'statistic':
    case 'statistics':
      return isFields(value) ? statsText(value, isUnicode) : pythonText(value);
    case 'status':
      return isFields(value) ? statusOf(value, isUnicode) : pythonText(value);
    case 'get':
    case 'set':
      return (
        serverSettingTexts.get(name ?? '')?.(value) ??
        jailOptionTexts.get(option)?.(value, command) ??
        pythonText(value)
      );
    default:
      return pythonText(value);
  }
}

function statusOf(value: Fields, isUnicode: boolean): string {
  if ('jails' in value) return statusText(value);
  return 'jail' in value && 'filter' in value ? jailStatusText(value) : statsText(value, isUnicode);
}

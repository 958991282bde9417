import { pythonRepr } from '@sluice/fail2ban-config';
import type { Json } from '../../control/json.ts';
import { listText, textsOf } from './list-text.ts';
import { pythonText } from './python-text.ts';

type TextOf = (value: Json, command: readonly string[]) => string;

const logPath: TextOf = (value) =>
  listText('Current monitored log file(s):', textsOf(value), 'No file is currently monitored');

const ignoreIp: TextOf = (value) =>
  listText('These IP addresses/networks are ignored:', textsOf(value), 'No IP address/network is ignored');

const regexes: TextOf = (value) => {
  const lines = textsOf(value).map((regex, index) => `[${index}]: ${regex}`);
  return listText('The following regular expression are defined:', lines, 'No regular expression is defined');
};

const journalMatch: TextOf = (value) => {
  const matches = Array.isArray(value) ? value.map((fields: Json) => textsOf(fields).join(' ')) : [];
  return matches.length === 0 ? 'No journal match filter set' : `Current match filter:\n${matches.join(' + ')}`;
};

const datePattern: TextOf = (value) => {
  const [pattern = null, name = null] = Array.isArray(value) ? (value as Json[]) : [];
  const text = pattern === null ? pythonText(name) : name === null ? pythonText(pattern) : `${pattern} (${name})`;
  return `Current date pattern set to: ${text}`;
};

const ofAction =
  (what: string): TextOf =>
  (value, [, jail, , action]) => {
    const names = textsOf(value);
    if (names.length === 0) return `No ${what} for jail ${jail} action ${action}`;
    return `The jail ${jail} action ${action} has the following ${what}:\n${names.join(', ')}`;
  };

const same = (text: TextOf, ...options: string[]): [string, TextOf][] => options.map((option) => [option, text]);

/** What is printed for an option of a jail, `get JAIL OPTION` or `set JAIL OPTION`, where it is not the bare value. */
export const jailOptionTexts: ReadonlyMap<string, TextOf> = new Map([
  ...same(logPath, 'logpath', 'addlogpath', 'dellogpath'),
  ...same(ignoreIp, 'ignoreip', 'addignoreip', 'delignoreip'),
  ...same(regexes, 'failregex', 'addfailregex', 'delfailregex', 'ignoreregex', 'addignoreregex', 'delignoreregex'),
  ...same(journalMatch, 'journalmatch', 'addjournalmatch', 'deljournalmatch'),
  ...same(datePattern, 'datepattern'),
  ...same((value) => `Current log encoding is set to:\n${pythonText(value)}`, 'logencoding'),
  ...same((value, [, jail]) => {
    const names = textsOf(value);
    return names.length === 0
      ? `No actions for jail ${jail}`
      : `The jail ${jail} has the following actions:\n${names.join(', ')}`;
  }, 'actions'),
  ...same(ofAction('properties'), 'actionproperties'),
  ...same(ofAction('methods'), 'actionmethods'),
  ...same((value, [verb, , , separator = ' ']) => {
    if (verb !== 'get' || !Array.isArray(value)) return pythonText(value);
    return textsOf(value).join(separator === '--with-time' ? '\n' : separator);
  }, 'banip'),
]);

/** What is printed for a setting of the daemon. */
export const serverSettingTexts: ReadonlyMap<string, (value: Json) => string> = new Map([
  ['syslogsocket', (value) => `Current syslog socket is:\n\`- ${pythonText(value)}`],
  ['logtarget', (value) => `Current logging target is:\n\`- ${pythonText(value)}`],
  ['loglevel', (value) => `Current logging level is ${pythonRepr(value)}`],
  ['dbfile', (value) => (value === null ? 'Database currently disabled' : `Current database file is:\n\`- ${value}`)],
  [
    'dbpurgeage',
    (value) =>
      value === null
        ? 'Database currently disabled'
        : `Current database purge age is:\n\`- ${Math.trunc(Number(value))}seconds`,
  ],
]);

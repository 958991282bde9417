import type { BanEvent } from '@sluice/pipeline';
import { cutText } from '@sluice/pipeline';
import type { MailContent } from './digest.ts';

const maxNameChars = 100;
const maxLineChars = 1000;
const maxJailsShown = 20;

/** On one line and without orders to a terminal: names and lines may come from strangers. */
const shown = (text: string, maxChars = maxNameChars): string =>
  cutText(text, maxChars).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');

const time = (timeMs: number): string =>
  Number.isFinite(timeMs) ? `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC` : 'for ever';

function sentence(event: BanEvent): string {
  const who = `${time(event.timeMs)}  [${shown(event.jail)}] ${shown(event.id)}`;
  switch (event.kind) {
    case 'ban': {
      const until = Number.isFinite(event.endMs) ? `until ${time(event.endMs)}` : 'for ever';
      const again = event.restored ? ', applied again' : '';
      return `${who}: banned ${until}, ${event.failures} failures, ban number ${event.count}${again}`;
    }
    case 'prolonged':
      return `${who}: ban lasts longer, until ${time(event.endMs)}`;
    case 'already-banned':
      return `${who}: failed again while banned until ${time(event.endMs)}`;
    case 'unban':
      return `${who}: let in again (${event.reason})`;
  }
}

const matches = (event: BanEvent): readonly string[] =>
  event.kind === 'ban' ? event.matches.map((line) => `    ${shown(line, maxLineChars)}`) : [];

/** `[host] sshd: banned 203.0.113.7` for one, `[host] 25 events: sshd (20), web (5)` for more. */
export function mailSubject({ events, total, byJail }: MailContent, hostName: string): string {
  const [only] = events;
  if (total === 1 && only !== undefined) return `[${hostName}] ${shown(only.jail)}: ${only.kind} of ${shown(only.id)}`;
  const jails = [...byJail].slice(0, 5).map(([jail, count]) => `${shown(jail, 30)} (${count})`);
  const more = byJail.size > 5 ? ', …' : '';
  return `[${hostName}] ${total} events: ${jails.join(', ')}${more}`;
}

export function mailBody({ events, total, byJail }: MailContent, hostName: string, includeLines: boolean): string {
  const perJail = [...byJail].slice(0, maxJailsShown).map(([jail, count]) => `  ${shown(jail)}: ${count}`);
  const hidden = byJail.size - perJail.length;
  const summary =
    total === 1
      ? []
      : [`${total} events on ${hostName}:`, ...perJail, ...(hidden > 0 ? [`  ${hidden} more jails`] : []), ''];
  const lines = events.flatMap((event) => [sentence(event), ...(includeLines ? matches(event) : [])]);
  const left = total - events.length;
  return [...summary, ...lines, ...(left > 0 ? [`and ${left} more, which are not listed`] : []), ''].join('\n');
}

import { actionSettings } from '../settings/action-settings.ts';
import { filterSettings } from '../settings/filter-settings.ts';
import type { CommandName } from './command-name.ts';

/** What stands below the help of the program. */
export const programExamples = `
Examples:
  eximq list                                    the queue as a table; --exim as exim -bp prints it
  eximq list --frozen --older 3d --sender '*@shop.example'
  eximq show 1xVJLa-000000005ms-1ML7            who, to whom, why it waits; --headers, --body, --log as exim -Mv… does
  eximq rm --frozen                             as exiqgrep -z -i | xargs exim -Mrm, and asks above 100 on a terminal
  eximq rm --frozen --older 7d --yes            in a cron job
  eximq list --ids --sender '/spam\\d+@/' | eximq rm -
  eximq summary --by sender --top 10
  eximq watch                                   live; NDJSON where the output is no terminal
  eximq alert --max-frozen 100 --max-age 3d
  eximq doctor                                  what can be seen and done here, and why not
  eximq --demo list                             on an example queue

Exit status: 0 done; 1 nothing found, or not all done; 2 wrong usage or failure.`;

const filterHelp = `
A PATTERN is a glob over the whole text (* any text, ? one character), or /…/ for a regular expression anywhere in it,
both in any case of letters; with ! before it, what must not be so. Several of one option: any of them. All options must
hold: --sender '*@shop.example' --sender '!boss@*' --older 3d`;

const actionHelp = `
Give ids, or options that choose messages, or --all. With ids and options: those of the ids that the options hold for.
On a terminal you are asked before more than 100 messages are changed, unless all are named by their ids; without a
terminal, as in a cron job, you are not. Messages are looked at once more just before they are changed.`;

const examples: Readonly<Partial<Record<CommandName, string>>> = {
  list: `
Examples:
  eximq list --frozen --sender-domain shop.example
  eximq list --columns id,age,subject,reason
  eximq list --exim | exiqsumm
  eximq list --json --bounce | jq -r '.recipients[].address'`,
  rm: `
Examples:
  eximq rm 1xVJLa-000000005ms-1ML7
  eximq rm --frozen --dry-run
  eximq rm --sender spammer@shop.example --yes`,
  move: `
Example:
  eximq move --to parked --sender-domain shop.example`,
  'set-sender': `
Example:
  eximq set-sender --address postmaster@shop.example 1xVJLa-000000005ms-1ML7`,
  watch: `
Examples:
  eximq watch --sender-domain shop.example
  eximq watch --json --changes-only | jq -r 'select(.kind == "frozen").id'`,
  metrics: `
Examples:
  eximq metrics --textfile /var/lib/node_exporter/exim.prom      from cron or a timer
  eximq metrics --listen 127.0.0.1:9636`,
  alert: `
Examples:
  eximq alert --max-frozen 100 --max-age 3d --hook /usr/local/bin/tell-me
  eximq alert --max-growth 500/10m --state /var/lib/eximq/alert.json
  eximq alert --nagios --max-queue 1000,5000 --max-sender-share 30%,60%

The hook gets {"status", "findings": […]} on its input when a limit is exceeded.`,
};

/** What stands below the help of a command. */
export const helpOf = (name: CommandName, settings: readonly object[]): string =>
  [
    settings.includes(actionSettings) ? actionHelp : '',
    settings.includes(filterSettings) ? filterHelp : '',
    examples[name] ?? '',
  ]
    .filter((text) => text !== '')
    .join('\n');

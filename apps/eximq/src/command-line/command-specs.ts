import { actionSettings } from '../settings/action-settings.ts';
import { alertSettings } from '../settings/alert-settings.ts';
import { doctorSettings } from '../settings/doctor-settings.ts';
import { deliveredSettings, moveSettings, recipientSettings, senderSettings } from '../settings/edit-settings.ts';
import { filterSettings } from '../settings/filter-settings.ts';
import { listSettings } from '../settings/list-settings.ts';
import { metricsSettings } from '../settings/metrics-settings.ts';
import { showSettings } from '../settings/show-settings.ts';
import { summarySettings } from '../settings/summary-settings.ts';
import { watchSettings } from '../settings/watch-settings.ts';
import type { CommandName } from './command-name.ts';

/** A command, as it is parsed, explained and completed. */
export interface CommandSpec {
  readonly name: CommandName;
  readonly alias?: string;
  readonly help: string;
  /** Its operands, as the help shows them; absent where it takes none. */
  readonly operands?: '<id...>' | '[id...]';
  /** Its options, besides those that all commands have. */
  readonly settings: readonly object[];
}

const action = (name: CommandName, help: string, ...settings: readonly object[]): CommandSpec => ({
  name,
  help,
  operands: '[id...]',
  settings: [...settings, actionSettings, filterSettings],
});

/** The commands, in the order of the help. */
export const commandSpecs = (): readonly CommandSpec[] => [
  { name: 'list', alias: 'ls', help: 'list messages', operands: '[id...]', settings: [listSettings, filterSettings] },
  { name: 'count', help: 'print how many messages there are', settings: [filterSettings] },
  { name: 'show', help: 'show messages: an overview, or their files', operands: '<id...>', settings: [showSettings] },
  { name: 'summary', help: 'count messages by domain, sender, age, …', settings: [summarySettings, filterSettings] },
  action('rm', 'remove messages; nobody is told'),
  action('freeze', 'freeze messages: no delivery is tried'),
  action('thaw', 'thaw frozen messages'),
  action('deliver', 'try to deliver messages now'),
  action('bounce', 'give messages up: their senders get bounces'),
  action('move', 'move messages to another queue', moveSettings),
  action('add-rcpt', 'add recipients', recipientSettings),
  action('mark-delivered', 'mark recipients as delivered', deliveredSettings),
  action('set-sender', 'change the envelope sender', senderSettings),
  { name: 'watch', help: 'follow what happens to the queue', settings: [watchSettings, filterSettings] },
  { name: 'metrics', help: 'print or serve numbers for Prometheus', settings: [metricsSettings] },
  { name: 'alert', help: 'check the queue against limits', settings: [alertSettings] },
  { name: 'doctor', help: 'say what can be seen and done here, and why not', settings: [doctorSettings] },
];

import { appendFileSync } from 'node:fs';
import { botFilter } from './bot-jail.ts';
import { Scene } from './scene.ts';

/** The log that jails with the filter `bot` watch. */
export const botLog = 'root/var/log/apache2/a_access.log';

/** Bans and finds within ten minutes; has the filter `bot`, and its log, which is empty. Its jails are the test's. */
export class BotScene extends Scene {
  constructor() {
    super();
    this.write('fail2ban/jail.conf', '[DEFAULT]\nbantime = 10m\nfindtime = 10m\n');
    this.write('fail2ban/filter.d/bot.conf', botFilter);
    this.write(botLog, '');
  }

  /** Writes lines to the log. */
  append(...lines: readonly string[]): void {
    appendFileSync(this.path(botLog), lines.join(''));
  }

  /** Writes the jails. */
  jails(...texts: readonly string[]): void {
    this.write('fail2ban/jail.local', texts.join('\n'));
  }
}

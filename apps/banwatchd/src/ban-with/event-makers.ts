import { banHook, banMail, type HookOptions, type MailOptions, type WebhookOptions, webhook } from '@sluice/ban-action';
import type { BackendName } from './backend-name.ts';
import { type Maker, maker } from './maker.ts';
import { optionKinds as kind } from './option-kinds.ts';
import { parseHeaders, readSecretFile } from './secret-file.ts';
import type { OptionKinds, Section } from './section.ts';

const choice: OptionKinds = {
  events: kind.list,
  restored: kind.flag,
  includeLines: kind.flag,
  timeoutMs: kind.duration,
};

type FilePlaces = { readonly headersFile?: string; readonly secretFile?: string };

/** What a secret file holds, or a fault at the option that names it. */
function secret<T>(section: Section, option: string, written: string, parse: (text: string) => T): T {
  try {
    return parse(readSecretFile(written));
  } catch (error) {
    const fault = `[${section.name}] ${option}: ${(error as Error).message}`;
    throw section.fault(fault, 'name a file that only banwatchd and root may read', option, error as Error);
  }
}

/** What tells others of bans. */
export const eventMakers: Readonly<Record<Extract<BackendName, 'hook' | 'webhook' | 'mail'>, Maker>> = {
  hook: maker<HookOptions>(
    { ...choice, command: kind.command, mode: kind.text, restartPauseMs: kind.duration },
    (options) => banHook(options),
  ),
  webhook: maker<WebhookOptions & FilePlaces>(
    {
      ...choice,
      url: kind.text,
      headersFile: kind.text,
      secretFile: kind.text,
      body: kind.text,
      maxAttempts: kind.wholeNumber,
      retryPauseMs: kind.duration,
      maxRetryPauseMs: kind.duration,
    },
    ({ headersFile, secretFile, ...options }, section) =>
      webhook({
        ...options,
        ...(headersFile !== undefined && { headers: secret(section, 'headersfile', headersFile, parseHeaders) }),
        ...(secretFile !== undefined && { secret: secret(section, 'secretfile', secretFile, (text) => text) }),
      }),
  ),
  mail: maker<MailOptions>(
    {
      ...choice,
      to: kind.list,
      from: kind.text,
      maxMailsPerHour: kind.wholeNumber,
      maxEventsPerMail: kind.wholeNumber,
      command: kind.command,
      hostName: kind.text,
    },
    (options) => banMail(options),
  ),
};

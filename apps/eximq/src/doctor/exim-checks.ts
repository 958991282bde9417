import { askSettings, type EximSettings, findExim, type QueuePlace, runExim } from '@sluice/exim-queue/batches';
import type { GlobalSettings } from '../settings/global-settings.ts';
import type { Check } from './check.ts';
import { faultCheck } from './fault-check.ts';

/** What is known of Exim itself. */
export interface EximFacts {
  readonly checks: readonly Check[];
  readonly exim?: string;
  readonly settings?: EximSettings;
}

/** Asking an Exim about itself needs no queue. */
const ofNoQueue = (exim: string, config: string | undefined): QueuePlace => ({
  backend: 'exim',
  spoolDirectory: '',
  spoolFrom: 'exim',
  queue: '',
  aside: false,
  exim,
  ...(config !== undefined && { config }),
});

async function versionChecks(exim: string, config: string | undefined, signal: AbortSignal): Promise<readonly Check[]> {
  const { stdout } = await runExim(ofNoQueue(exim, config), ['-bV'], { signal });
  const [, version] = /^Exim version (\S+)/m.exec(stdout) ?? [];
  const [, file] = /^Configuration file is (.+)$/m.exec(stdout) ?? [];
  if (version === undefined) {
    return [
      { level: 'bad', what: 'exim', text: `${exim} does not say that it is Exim`, cure: 'give --exim-path FILE' },
    ];
  }
  return [
    { level: 'ok', what: 'exim', text: `${exim}, version ${version}` },
    { level: 'ok', what: 'config', text: file ?? config ?? 'its own' },
  ];
}

function settingsChecks({ messageLogs, moveFrozenMessages, splitSpoolDirectory }: EximSettings): readonly Check[] {
  const checks: Check[] = [
    {
      level: 'ok',
      what: 'layout',
      text: `${splitSpoolDirectory === true ? 'split' : 'one folder'}${moveFrozenMessages === true ? ', frozen messages are put aside, where exim -bp does not see them' : ''}`,
    },
  ];
  if (messageLogs === false) {
    checks.push({
      level: 'warn',
      what: 'reasons',
      text: 'Exim keeps no logs of messages, so that why they wait is not known',
      cure: 'set message_logs in its configuration',
    });
  }
  return checks;
}

/** Looks at the program and its configuration. */
export async function eximFacts({ eximPath, config, spool }: GlobalSettings, signal: AbortSignal): Promise<EximFacts> {
  let exim: string | undefined;
  try {
    exim = findExim(eximPath);
  } catch (error) {
    return { checks: [faultCheck('exim', 'bad', error)] };
  }
  if (exim === undefined) {
    const text = 'there is none on this machine: messages can be looked at, but not acted on';
    const level = spool === undefined ? 'bad' : 'warn';
    return { checks: [{ level, what: 'exim', text, cure: 'install it, or give --exim-path FILE' }] };
  }
  const checks: Check[] = [];
  try {
    checks.push(...(await versionChecks(exim, config, signal)));
    const settings = await askSettings({ exim, ...(config !== undefined && { config }) }, signal);
    return { checks: [...checks, ...settingsChecks(settings)], exim, settings };
  } catch (error) {
    return { checks: [...checks, faultCheck('config', 'bad', error)], exim };
  }
}

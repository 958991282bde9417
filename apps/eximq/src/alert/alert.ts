import { exitStatus, readOptions, reasonOf, writeAll } from '@sluice/command-line';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { rejectsOf } from '../list/rejects-of.ts';
import { jsonLine } from '../output/json-line.ts';
import { openPlace } from '../place/open-place.ts';
import { type AlertSettings, alertSettings } from '../settings/alert-settings.ts';
import { checkRules } from './check-rules.ts';
import type { Finding } from './finding.ts';
import { nagiosLine, nagiosStatus, worstOf } from './nagios-line.ts';

const defaultHookTimeoutMs = 30_000;
const levelWidth = 8;

function checkSettings(settings: AlertSettings): void {
  const { maxQueue, maxFrozen, maxAge, maxGrowth, maxSenderShare, state, json, nagios } = settings;
  if ([maxQueue, maxFrozen, maxAge, maxGrowth, maxSenderShare].every((limit) => limit === undefined)) {
    throw usageError(
      'there is no rule',
      'give --max-queue, --max-frozen, --max-age, --max-growth or --max-sender-share',
    );
  }
  if (maxGrowth !== undefined && state === undefined) {
    throw usageError('--max-growth has nothing to compare with', 'give --state FILE');
  }
  if (json === true && nagios === true) throw usageError('--json does not go with --nagios', 'give one of them');
}

const textLine = ({ rule, level, text }: Finding): string => `${level.padEnd(levelWidth)}  ${rule}: ${text}\n`;

function print(findings: readonly Finding[], { json, nagios }: AlertSettings, stdout: number): void {
  if (nagios === true) writeAll(stdout, nagiosLine(findings));
  else writeAll(stdout, findings.map(json === true ? jsonLine : textLine).join(''));
}

/** Tells the hook, if there is one, of what is not as it should be. */
async function tellHook(findings: readonly Finding[], settings: AlertSettings, stderr: number): Promise<void> {
  const { hook, hookTimeout = defaultHookTimeoutMs } = settings;
  const status = worstOf(findings);
  if (hook === undefined || status === 'ok') return;
  const told = findings.filter(({ level }) => level !== 'ok');
  const { runHook } = await import('./run-hook.ts');
  await runHook(hook, jsonLine({ status, findings: told }), hookTimeout, stderr);
}

async function check(context: CommandContext, settings: AlertSettings): Promise<number> {
  const { io, messages } = context;
  const place = await openPlace(context);
  // Damaged messages are counted as any others.
  const rejects = rejectsOf(messages, undefined);
  const findings = await checkRules(place, settings, { signal: io.stop.signal, rejects });
  print(findings, settings, io.stdout);
  await tellHook(findings, settings, io.stderr);
  const worst = worstOf(findings);
  if (settings.nagios === true) return nagiosStatus[worst];
  return worst === 'ok' ? exitStatus.done : exitStatus.problems;
}

/** Checks the queue against limits. */
export async function alert(context: CommandContext): Promise<number> {
  const settings = readOptions(context.options, alertSettings, usageError);
  checkSettings(settings);
  try {
    return await check(context, settings);
  } catch (error) {
    // Who calls a plugin reads its standard output.
    if (settings.nagios === true) writeAll(context.io.stdout, `EXIMQ UNKNOWN - ${reasonOf(error)}\n`);
    throw error;
  }
}

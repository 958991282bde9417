import { readFileSync } from 'node:fs';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { exitStatus, type Io, Messages, ProgressLine, terminalOf, writeAll } from '@sluice/command-line';
import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { parseTimeZone, type TimeZone } from '@sluice/fail2ban-filter';
import { ComponentError } from '@sluice/pipeline';
import { misused, TestError } from '../test-error.ts';
import type { TestOptions } from '../test-options.ts';
import { CaseJudge, type Verdict } from './case-judge.ts';
import { readCase } from './case-row.ts';
import { readTime } from './case-time.ts';
import { posixZone } from './posix-zone.ts';
import { verdictJson, verdictText } from './verdict-text.ts';

/** Cases between two looks at whether to go on. */
const casesAtOnce = 100;

const fault = (message: string, cause?: unknown): TestError =>
  new TestError('ERR_BANWATCH_TEST_CASES', message, misused, cause);

function isIana(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function zoneOf(text: string | undefined): TimeZone {
  const asked = text ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    const posix = isIana(asked) ? undefined : posixZone(asked);
    return posix ?? parseTimeZone(asked, '--tz', 'iana');
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    throw fault(`${error.message} or CET-1CEST,M3.5.0,M10.5.0/3`, error);
  }
}

function nowOf(text: string | undefined, zone: TimeZone): number {
  if (text === undefined) return Date.now();
  const nowMs = readTime(text, zone);
  if (nowMs !== undefined) return nowMs;
  throw fault(`--now must be seconds since 1970 or a time like 2005-08-14T10:00:00Z, not ${JSON.stringify(text)}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw fault(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`, error);
  }
}

function judged(judge: CaseJudge, text: string, line: number): Verdict {
  try {
    return judge.judge(readCase(text));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { id: `line ${line}`, passed: false, reason: error.message };
  }
}

/**
 * Runs a file of cases, one JSON object a line; prints each that fails, and how many passed.
 *
 * @param file `-` for standard input
 * @returns 0 when all passed, 1 when not, 2 when it was stopped before the end; rejects with a TestError when they cannot
 *   be run
 */
export async function runCases(
  file: string,
  { configDir, zone: zoneText, now, json }: TestOptions,
  io: Io,
): Promise<number> {
  const zone = zoneOf(zoneText);
  const judge = new CaseJudge({ zone, nowMs: nowOf(now, zone), load: (spec) => loadFilterConfig(spec, { configDir }) });
  const messages = new Messages('banwatch', io.stderr);
  const progress = new ProgressLine(messages, io.stderr, 'auto');
  const { hasColor } = terminalOf(io);
  const label = hasColor ? '\u001b[31mFAILED\u001b[0m' : 'FAILED';
  const lines = readText(file)
    .replace(/^\ufeff/, '')
    .split('\n');
  let passed = 0;
  let failed = 0;
  for (const [index, text] of lines.entries()) {
    if (index % casesAtOnce === casesAtOnce - 1) await turnOfLoop();
    if (io.stop.signal.aborted) {
      progress.clear();
      messages.note(`stopped before line ${index + 1} of ${lines.length}: ${passed} passed, ${failed} failed so far`);
      return exitStatus.failed;
    }
    if (text.trim() === '') continue;
    const verdict = judged(judge, text, index + 1);
    progress.show(passed + failed, 'cases', lines.length);
    if (verdict.passed) passed += 1;
    else {
      failed += 1;
      progress.clear();
      writeAll(io.stdout, json ? `${verdictJson(verdict)}\n` : `${label} ${verdictText(verdict)}\n`);
    }
  }
  progress.clear();
  writeAll(io.stdout, json ? `${JSON.stringify({ passed, failed })}\n` : `${passed} passed, ${failed} failed\n`);
  return failed === 0 ? exitStatus.done : exitStatus.problems;
}

import { ChildFailure, runChild } from '@sluice/pipeline/node';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { NftSetup } from './nft-setup.ts';

/** What nft wrote. */
export interface NftResult {
  /** Whether it did what it was told. */
  readonly isDone: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface NftRun {
  readonly args: readonly string[];
  /** What it reads as its input. */
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

const maxOutputBytes = 1 << 28;
/** A fault of each of 100,000 elements takes about 150 characters. */
const maxStderrChars = 1 << 24;
/** Numbers that shells, `env`, `nsenter` and the like end with when there is no such program. */
const notFoundCodes: readonly (number | null)[] = [126, 127];
const notFoundText = /exec.*(?:No such file or directory|Permission denied)/i;

/** What nft is started with besides the environment: messages in English, whoever runs it. */
export const nftEnvironment = { LC_ALL: 'C', LANGUAGE: undefined } as const;

/**
 * Runs nft to its end. No shell is involved.
 *
 * @throws NodeNetfilterError `…_MISSING`, `…_TIMEOUT`, `…_ABORTED`, `…_TOO_LARGE`; what nft itself refuses is a result
 */
export async function runNft({ command, timeoutMs }: NftSetup, { args, input, signal }: NftRun): Promise<NftResult> {
  const [program = '', ...first] = command;
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  if (signal?.aborted === true) throw aborted();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const stdout = await runChild(
      {
        program,
        args: [...first, ...args],
        env: nftEnvironment,
        maxStderrChars,
        ...(input !== undefined && { input }),
      },
      { signal: stop.signal, maxBytes: maxOutputBytes, tooLarge },
    );
    if (isLate) throw late(timeoutMs);
    if (stop.signal.aborted) throw aborted();
    return { isDone: true, stdout, stderr: '' };
  } catch (error) {
    if (!(error instanceof ChildFailure)) throw startFault(error, program);
    const { stderr, exitCode } = error;
    const isMissing = notFoundCodes.includes(exitCode) || notFoundText.test(stderr);
    if (isMissing && !stderr.includes('Error: ')) throw missing(program, error);
    return { isDone: false, stdout: '', stderr };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** What it means that a program could not even be started. */
export function startFault(error: unknown, program: string): NodeNetfilterError {
  if (error instanceof NodeNetfilterError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  // EACCES comes where a folder of the PATH may not be entered, whether or not a later one has the program.
  if (code === 'ENOENT' || code === 'EACCES') return missing(program, error);
  return new NodeNetfilterError('REFUSED', `${program} cannot be run: ${message}`, { cause: error });
}

const missing = (program: string, cause: unknown): NodeNetfilterError =>
  new NodeNetfilterError('MISSING', `there is no program to be run as ${JSON.stringify(program)}`, {
    cause,
    cure: 'install the package nftables, or name the program in `command`',
  });

/** Ended from outside. What it was told may be in effect all the same. */
export const aborted = (): NodeNetfilterError => new NodeNetfilterError('ABORTED', 'nft was stopped before its end');

export const late = (timeoutMs: number): NodeNetfilterError =>
  new NodeNetfilterError('TIMEOUT', `nft took longer than ${timeoutMs} ms (timeoutMs) and was stopped`, {
    limit: timeoutMs,
  });

const tooLarge = (fault: string, maxBytes: number): NodeNetfilterError =>
  new NodeNetfilterError('TOO_LARGE', fault, { limit: maxBytes });

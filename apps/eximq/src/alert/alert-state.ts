import { readFileSync } from 'node:fs';
import { reasonOf } from '@sluice/command-line';
import { EximqError } from '../eximq-error.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Sample } from './growth.ts';

const version = 1;
const maxSamples = 10_000;
const ownerOnly = 0o600;

const stateError = (file: string, fault: string, cure: string, cause?: unknown): EximqError =>
  new EximqError('ERR_EXIMQ_STATE', fault, { file, cure, cause });

const isSample = (value: unknown): value is Sample =>
  typeof value === 'object' &&
  value !== null &&
  Number.isFinite((value as Sample).atMs) &&
  Number.isFinite((value as Sample).messages);

function parse(file: string, text: string): { readonly queue: string; readonly samples: readonly Sample[] } {
  let value: { version?: unknown; queue?: unknown; samples?: unknown };
  try {
    value = JSON.parse(text) ?? {};
  } catch (error) {
    throw stateError(file, 'this is no state file of eximq alert', 'remove it, or name another one', error);
  }
  if (value.version !== version) {
    throw stateError(file, `this has not the version ${version} of the state of eximq alert`, 'name another file');
  }
  const { queue, samples } = value;
  if (typeof queue !== 'string' || !Array.isArray(samples) || !samples.every(isSample)) {
    throw stateError(file, 'this is no state file of eximq alert', 'remove it, or name another one');
  }
  return { queue, samples };
}

/**
 * The samples of earlier calls; none when there is no file yet, or it is of another queue.
 *
 * @param queue tells queues apart
 * @throws EximqError `ERR_EXIMQ_STATE`
 */
export function loadSamples(file: string, queue: string): readonly Sample[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw stateError(file, reasonOf(error), 'name a file that this user may read and write', error);
  }
  const state = parse(file, text);
  return state.queue === queue ? state.samples : [];
}

/** Keeps samples for later calls, in one step; the oldest go where there are too many. */
export function saveSamples(file: string, queue: string, samples: readonly Sample[]): void {
  try {
    replaceFile(file, `${JSON.stringify({ version, queue, samples: samples.slice(-maxSamples) })}\n`, ownerOnly);
  } catch (error) {
    throw stateError(file, reasonOf(error), 'name a file that this user may read and write', error);
  }
}

import { EximQueueError } from '../exim-queue-error.ts';
import type { QueueFilter } from '../queue-filter.ts';

/** Conditions on what Exim's text does not tell. */
const untold: readonly (keyof QueueFilter)[] = [
  'frozenForMs',
  'host',
  'authId',
  'login',
  'protocol',
  'subject',
  'header',
  'reason',
];
/** Of the states it tells these; whether another message is new, deferred or being delivered it does not. */
const toldStates: readonly unknown[] = ['frozen', 'damaged'];

/**
 * Refuses a filter that the text of `exim -bp` cannot answer: guessing would select the wrong messages.
 *
 * @param backendReason why the text is read instead of the files
 * @throws {EximQueueError} `OPTION` that names the condition, such as `where.any[1].host`
 */
export function refuseUntold(where: QueueFilter, backendReason: string | undefined, path: string = 'where'): void {
  const refuse = (condition: string): never => {
    const fault = `${path}.${condition} cannot be told from the list that Exim prints`;
    const why = backendReason === undefined ? '' : ` (${backendReason})`;
    throw new EximQueueError('ERR_EXIM_QUEUE_OPTION', `${fault}, and that is what is read here${why}`);
  };
  for (const condition of untold) if (where[condition] !== undefined) refuse(condition);
  const states = where.state === undefined ? [] : [where.state].flat();
  if (states.some((state) => !toldStates.includes(state))) refuse('state');
  if (where.not !== undefined) refuseUntold(where.not, backendReason, `${path}.not`);
  for (const key of ['any', 'all'] as const) {
    where[key]?.forEach((part, index) => {
      refuseUntold(part, backendReason, `${path}.${key}[${index}]`);
    });
  }
}

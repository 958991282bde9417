import { BanwatchdError } from '../banwatchd-error.ts';
import type { Json } from './json.ts';
import type { Request } from './message.ts';

const maxWords = 4096;

/** What is wrong with a line, with its id where that could be read. */
export class BadRequest extends BanwatchdError {
  readonly id: Json;

  constructor(fault: string, id: Json = null) {
    super('ERR_BANWATCHD_REQUEST', fault, { cure: 'send {"id": 1, "command": ["ping"]}, one object a line' });
    this.id = id;
  }
}

/** Reads a request. @throws BadRequest */
export function readRequest(line: string): Request {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadRequest('the request is no JSON');
  }
  if (typeof value !== 'object' || value === null) throw new BadRequest('the request is no object');
  const { id, command } = value as { id?: unknown; command?: unknown };
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  if (!Array.isArray(command) || command.length > maxWords || !command.every((word) => typeof word === 'string'))
    throw new BadRequest(`command must be an array of at most ${maxWords} strings`, known);
  return { id: known, command };
}

import type { Json } from './json.ts';

/** One line from a client: the words of a command, as `banwatch` takes them. */
export interface Request {
  /** Given back with the answer. */
  readonly id: Json;
  readonly command: readonly string[];
}

/** Why a command was not done. */
export interface AnswerError {
  /** `ERR_…`, for programs. */
  readonly code: string;
  /** For people; the text that `fail2ban-client` prints where it knows the fault. */
  readonly message: string;
  /** The particulars, where they are not the message: the name of an unknown jail. */
  readonly args?: readonly Json[];
}

/** One line to a client. */
export type Answer =
  | { readonly id: Json; readonly ok: true; readonly value: Json; readonly notes?: readonly string[] }
  | { readonly id: Json; readonly ok: false; readonly error: AnswerError };

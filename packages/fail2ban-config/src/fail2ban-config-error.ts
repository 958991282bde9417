import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';
import type { Place } from './place.ts';

/** What can be wrong with a configuration. */
export type Fail2banConfigErrorCode =
  /** A line that is neither section, option, comment nor continuation. */
  | 'ERR_FAIL2BAN_CONFIG_SYNTAX'
  /** A section or option that is twice in one file, or two actions of one name in a jail. */
  | 'ERR_FAIL2BAN_CONFIG_DUPLICATE'
  /** A file that is there and cannot be read, or is not UTF-8, or is over the size bound. */
  | 'ERR_FAIL2BAN_CONFIG_UNREADABLE'
  /** No jail, filter or action of that name. */
  | 'ERR_FAIL2BAN_CONFIG_MISSING'
  /** Includes over the bound in depth or number. */
  | 'ERR_FAIL2BAN_CONFIG_INCLUDE'
  /** `%(name)s` that names nothing, names itself, is nested too deep or is no reference at all. */
  | 'ERR_FAIL2BAN_CONFIG_INTERPOLATION'
  /** `<tag>` that contains itself or is nested too deep. */
  | 'ERR_FAIL2BAN_CONFIG_TAG'
  /** A value that grows over the bound when it is expanded. */
  | 'ERR_FAIL2BAN_CONFIG_TOO_LONG'
  /** `name[option=value]` written wrongly. */
  | 'ERR_FAIL2BAN_CONFIG_OPTION_LIST'
  /** A value that its option cannot take. */
  | 'ERR_FAIL2BAN_CONFIG_OPTION'
  /** A time that is none. */
  | 'ERR_FAIL2BAN_CONFIG_DURATION'
  /** An action written in Python. */
  | 'ERR_FAIL2BAN_CONFIG_PYTHON_ACTION';

const CONTROL = /[\p{Cc}\u2028\u2029]/gu;
const MAX_PART_CHARS = 400;

// Names in a configuration may be of any length and hold line breaks.
const oneLine = (text: string): string =>
  text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const shorten = (text: string): string =>
  oneLine(text.length > MAX_PART_CHARS ? `${text.slice(0, MAX_PART_CHARS - 1)}…` : text);

/** The one error of this package. `message` is one line: `file:line: fault; cure`. */
export class Fail2banConfigError extends ComponentError {
  override readonly name: string = 'Fail2banConfigError';
  declare readonly code: Fail2banConfigErrorCode;

  constructor(code: Fail2banConfigErrorCode, fault: string, details: ComponentErrorDetails = {}) {
    const { file, cure } = details;
    super(code, shorten(fault), { ...details, file: file && oneLine(file), cure: cure && shorten(cure) });
  }
}

/** The error for a fault at `place`. */
export const faultAt = (
  place: Place | undefined,
  code: Fail2banConfigErrorCode,
  fault: string,
  cure: string,
): Fail2banConfigError => new Fail2banConfigError(code, fault, { file: place?.file, line: place?.line, cure });

/** A text as a message can show it: quoted, on one line, at most 60 characters of it. */
export const quote = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);

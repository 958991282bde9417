/** What an error of a component says besides its message. */
export interface ComponentErrorDetails {
  /** The offending value, shortened by the thrower to what a log line can hold. */
  readonly value?: unknown;
  /** The bound that the value broke, with its unit in the message. */
  readonly limit?: number | undefined;
  /** File that the fault lies in, for configuration errors. */
  readonly file?: string | undefined;
  /** 1-based line in {@link file}. */
  readonly line?: number | undefined;
  /** What the reader can do about it, as one imperative sentence. */
  readonly cure?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * Base of every error that a Sluice component throws. Each package has one subclass, named after it.
 *
 * - `code` is stable and machine-readable: `ERR_<PACKAGE>_<WHAT>`.
 * - `message` is one line: `file:line: fault; cure`, each part present only where it is known.
 */
export class ComponentError extends Error {
  override readonly name: string = 'ComponentError';
  readonly code: string;
  readonly value: unknown;
  readonly limit: number | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly cure: string | undefined;

  constructor(code: string, fault: string, details: ComponentErrorDetails = {}) {
    const place =
      details.file === undefined ? '' : `${details.file}${details.line === undefined ? '' : `:${details.line}`}: `;
    super(`${place}${fault}${details.cure === undefined ? '' : `; ${details.cure}`}`, { cause: details.cause });
    this.code = code;
    this.value = details.value;
    this.limit = details.limit;
    this.file = details.file;
    this.line = details.line;
    this.cure = details.cure;
  }
}

import { ComponentError } from '@sluice/pipeline';

/**
 * What ends `banwatch test` before any line is read, and its exit status.
 *
 * Codes: `ERR_BANWATCH_TEST_USAGE`, `ERR_BANWATCH_TEST_FILTER`, `ERR_BANWATCH_TEST_LOG`, `ERR_BANWATCH_TEST_CASES`.
 */
export class TestError extends ComponentError {
  override readonly name: string = 'TestError';
  readonly status: number;

  constructor(code: string, message: string, status: number, cause?: unknown) {
    super(code, message, { cause });
    this.status = status;
  }
}

/** What fail2ban's own tools exit with when they cannot do what was asked. */
export const refused = 255;
/** What they exit with for an option that does not exist. */
export const misused = 2;

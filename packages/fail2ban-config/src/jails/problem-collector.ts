import { Fail2banConfigError } from '../fail2ban-config-error.ts';

/** Runs the steps of reading a jail, so that one that fails does not keep the others from being checked. */
export class ProblemCollector {
  readonly errors: Fail2banConfigError[] = [];

  /** What `step` gives; `undefined` when it throws a configuration error, which is kept once for each place. */
  try<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof Fail2banConfigError)) throw error;
      this.add(error);
      return undefined;
    }
  }

  add(error: Fail2banConfigError): void {
    const same = ({ code, file, line }: Fail2banConfigError): boolean =>
      code === error.code && file === error.file && line === error.line && file !== undefined;
    if (!this.errors.some(same)) this.errors.push(error);
  }
}

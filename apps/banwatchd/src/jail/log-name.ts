import type { NamedFailure } from '@sluice/fail2ban-filter';
import type { Address } from '@sluice/pipeline';
import type { Logger } from '../log/fail2ban-log.ts';

/** The same failure, which says in the log for which addresses its host name was taken: `usedns = warn`. */
export const logName = (log: Logger, named: NamedFailure): NamedFailure => ({
  ...named,
  resolve(addresses) {
    if (addresses.length > 0)
      log.warning(`Determined IP using DNS Lookup: ${named.hostName} = ${pythonSet(addresses)}`);
    return named.resolve(addresses);
  },
});

const pythonSet = (addresses: readonly Address[]): string => `{${addresses.map(({ text }) => `'${text}'`).join(', ')}}`;

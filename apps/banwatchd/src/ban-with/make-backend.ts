import type { BanBackend } from '@sluice/ban-action';
import type { BackendName } from './backend-name.ts';
import { eventMakers } from './event-makers.ts';
import type { BackendContext } from './maker.ts';
import { networkMakers } from './network-makers.ts';
import type { Section } from './section.ts';

const makers = { ...networkMakers, ...eventMakers };

/** Something to ban with, made by its section. */
export interface MadeBackend {
  readonly name: BackendName;
  readonly backend: BanBackend;
  /** Without it the daemon is of no use, and ends. */
  readonly isRequired: boolean;
}

/**
 * Makes a backend. By default those are required that keep addresses out: the others tell of it, and nobody is
 * unprotected when they cannot.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_BAN_WITH` with file, line and cure
 */
export function makeBackend(name: BackendName, section: Section, context: BackendContext): MadeBackend {
  const { backend, required = name in networkMakers } = makers[name](section, context);
  return { name, backend, isRequired: required };
}

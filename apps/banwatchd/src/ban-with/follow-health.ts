import type { BanBackend } from '@sluice/ban-action';
import type { Observable } from 'rxjs';
import type { Logger } from '../log/fail2ban-log.ts';
import type { BackendBoard, BackendStatus } from './backend-status.ts';
import type { MadeBackend } from './make-backend.ts';

/** How a firewall is, as `netfilter()` tells it. */
interface Health {
  readonly state: 'ok' | 'repairing' | 'failing' | 'closed';
  readonly reason?: string;
  readonly sinceMs: number;
  readonly repairs: number;
}

/** A backend that tells how it is, and how it reaches the kernel once it has started. */
interface Telling {
  readonly health: Observable<Health>;
  readonly capabilities: { readonly transport: 'netlink' | 'nft'; readonly reason: string } | undefined;
}

const isTelling = (backend: BanBackend): backend is BanBackend & Telling => 'health' in backend;

export interface HealthOptions {
  readonly board: BackendBoard;
  readonly log: Logger;
  /** Nothing is really done. */
  readonly isRehearsal: boolean;
}

/** What is known of a backend from outside. */
export interface HealthReports {
  /** It has started. */
  readonly started: () => void;
  /** It could not start, and is tried again where it can be done without. */
  readonly failed: (error: Error) => void;
}

/** Keeps the board as the backend is, and writes each change into the log, one line each. */
export function followHealth({ name, backend, isRequired }: MadeBackend, options: HealthOptions): HealthReports {
  const { board, log, isRehearsal } = options;
  const set = (state: BackendStatus['state'], more: Partial<BackendStatus> = {}): void => {
    const { transport } = board.get(name) ?? {};
    board.set({ name, isRequired, state, sinceMs: Date.now(), ...(transport && { transport }), ...more });
  };
  const follow = ({ state, reason = 'for no known reason', sinceMs, repairs }: Health): void => {
    const before = board.get(name)?.state;
    if (state === 'closed' || state === before) return;
    set(state, { sinceMs, repairs, ...(state !== 'ok' && { reason }) });
    if (state === 'repairing') log.warning(`${name}: ${reason}; putting it back`);
    else if (state === 'failing') log.error(`${name}: bans have no effect: ${reason}; it is tried again`);
    else if (before !== 'starting') log.notice(`${name}: all bans are in effect again`);
  };
  const started = (): void => {
    const isTold = !isRehearsal && isTelling(backend);
    const { transport, reason = '' } = (isTold && backend.capabilities) || {};
    if (transport === undefined) log.info(`Banning with ${name}${isRehearsal ? ', as a rehearsal' : ''}`);
    else log.info(`Banning with ${name} over ${transport} (${reason.replace(/\.$/, '')})`);
    set('ok', transport && { transport: { kind: transport, reason } });
    if (isTold) backend.health.subscribe(follow);
  };
  const failed = ({ message }: Error): void => {
    // The first time it is said; then `status` shows it.
    if (board.get(name)?.state !== 'failing') log.error(`${name} cannot start: ${message}`);
    set('failing', { reason: message });
  };
  set('starting');
  return { started, failed };
}

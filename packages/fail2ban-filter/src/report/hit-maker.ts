import type { UseDns } from '@sluice/fail2ban-config';
import { failureId } from '../ids/failure-id.ts';
import { type CutLine, type FailData, holds, textIn } from './fail-data.ts';
import type { ReportHit } from './line-report.ts';
import { ReportSessions } from './report-sessions.ts';

/** What a failregex found in a line. */
export interface FoundHit {
  readonly pattern: number;
  /** Groups of the prefregex and, over them, of the failregex. */
  readonly data: FailData;
  readonly lines: readonly CutLine[];
  readonly timeMs: number | undefined;
}

const idNames = ['fid', 'ip4', 'ip6', 'dns', 'cidr'] as const;

function idsIn(data: FailData): Record<string, string> {
  const groups: Record<string, string> = Object.create(null);
  for (const name of idNames) {
    const value = data.get(name);
    if (typeof value === 'string') groups[name] = value;
  }
  return groups;
}

const noData: FailData = new Map();

/** Makes hits of what failregexes found, with what their sessions know. */
export class HitMaker {
  readonly #sessions: ReportSessions;
  readonly #useDns: UseDns;
  readonly #keepsData: boolean;

  /** @param keepsData false leaves the data of hits empty */
  constructor(useDns: UseDns, keepsData: boolean) {
    this.#useDns = useDns;
    this.#keepsData = keepsData;
    this.#sessions = new ReportSessions(keepsData);
  }

  /** Undefined where the match names nobody who could be counted: a host name that is left out. */
  make({ pattern, data: own, lines, timeMs }: FoundHit): ReportHit | undefined {
    const session = textIn(own, 'mlfid');
    const data = session === undefined ? own.set('matches', lines) : this.#sessions.merge(session, own, lines);
    const isNoFailure = holds(data.get('nofail'));
    const who = failureId(idsIn(data), this.#useDns);
    const ip = textIn(data, 'ip4') ?? textIn(data, 'ip6') ?? textIn(data, 'dns');
    let id: string | undefined;
    let hostName: string | undefined;
    let rejected: string | undefined;
    if (who.kind === 'name') hostName = who.hostName;
    else if (who.kind === 'id') {
      id = who.id;
      if (ip !== undefined && ip !== id && textIn(data, 'fid') === id) data.set('ip', who.address?.text ?? ip);
    } else if (who.code === 'ERR_FAIL2BAN_FILTER_ADDRESS') rejected = who.reason;
    else if (ip !== undefined || session === undefined) return undefined;
    else data.set('mlfpending', 1);
    const kept = this.#keepsData ? new Map(data) : noData;
    // One shape for all hits: they are read millions of times.
    return { pattern, id, hostName, rejected, isNoFailure, isOfSession: session !== undefined, timeMs, data: kept };
  }
}

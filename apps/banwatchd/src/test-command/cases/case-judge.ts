import type { FilterSource, LineReporter, ReportHit, TimeZone } from '@sluice/fail2ban-filter';
import { LineReporter as Reporter } from '@sluice/fail2ban-filter';
import { fixedClock, parseAddress } from '@sluice/pipeline';
import type { CaseRow } from './case-row.ts';
import { readTime } from './case-time.ts';

/** What a case expects or what came: whom a failure counts for and when, or no failure. */
export interface CaseOutcome {
  readonly match: boolean;
  readonly host?: string | undefined;
  readonly timeMs?: number | undefined;
}

/** How a case went. */
export interface Verdict {
  readonly id: string;
  readonly passed: boolean;
  readonly expected?: CaseOutcome;
  readonly came?: CaseOutcome;
  /** Why it is no failure, or could not be judged. */
  readonly reason?: string;
}

export interface JudgeOptions {
  readonly zone: TimeZone;
  readonly nowMs: number;
  /** Reads a filter with its options, `sshd[mode="aggressive"]`. Throws for one that cannot be read. */
  readonly load: (filter: string) => FilterSource;
}

const isFailure = ({ id, isNoFailure, rejected }: ReportHit): boolean =>
  id !== undefined && !isNoFailure && rejected === undefined;

const canonical = (host: string): string => parseAddress(host)?.text ?? host;

function quoted(value: string): string {
  if (!value.includes('"')) return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  throw new TypeError(`an option cannot hold both kinds of quotes: ${value}`);
}

/** The filter's name with its arguments, as a jail writes it. */
export function filterSpec({ filter, options }: Pick<CaseRow, 'filter' | 'options'>): string {
  const list = [...options].map(([name, value]) => `${name}=${quoted(value)}`);
  return list.length === 0 ? filter : `${filter}[${list.join(', ')}]`;
}

/** Judges cases, each by a filter that has read nothing before. A filter is compiled once. */
export class CaseJudge {
  readonly #options: JudgeOptions;
  readonly #reporters = new Map<string, LineReporter | Error>();

  constructor(options: JudgeOptions) {
    this.#options = options;
  }

  judge(row: CaseRow): Verdict {
    const { id, match, host } = row;
    const { zone, nowMs } = this.#options;
    const timeMs = row.time === undefined ? undefined : readTime(row.time, zone);
    const expected: CaseOutcome = match ? { match, host, timeMs } : { match };
    if (row.time !== undefined && timeMs === undefined)
      return { id, passed: false, expected, reason: `time is none: ${JSON.stringify(row.time)}` };
    const compiled = this.#reporterOf(row);
    if (compiled instanceof Error) return { id, passed: false, expected, reason: compiled.message };
    const reporter = compiled.fresh();
    const reports = row.lines.map((line) => reporter.read(line, row.journal ? nowMs : undefined));
    const hits = reports.at(-1)?.hits ?? [];
    const failure = hits.find(isFailure);
    const came: CaseOutcome = failure
      ? { match: true, host: failure.id, timeMs: failure.timeMs ?? nowMs }
      : { match: false };
    const rejected = hits.find((hit) => hit.rejected !== undefined)?.rejected;
    const passed =
      match === came.match &&
      (!match ||
        ((host === undefined || canonical(host) === came.host) && (timeMs === undefined || timeMs === came.timeMs)));
    return { id, passed, expected, came, ...(rejected !== undefined && { reason: `rejected: ${rejected}` }) };
  }

  #reporterOf(row: CaseRow): LineReporter | Error {
    try {
      const spec = filterSpec(row);
      const known = this.#reporters.get(spec);
      if (known !== undefined) return known;
      const made = this.#compile(spec);
      this.#reporters.set(spec, made);
      return made;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #compile(spec: string): LineReporter | Error {
    const { zone, nowMs, load } = this.#options;
    try {
      const source = load(spec);
      const useDns = source.useDns === 'no' ? 'no' : 'warn';
      const names = useDns === 'no' ? 'no' : 'raw';
      return Reporter.of(source, { useDns, names, tryAll: false, timeZone: zone, clock: fixedClock(nowMs) });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

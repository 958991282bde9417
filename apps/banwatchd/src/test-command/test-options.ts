import { parseArgs } from 'node:util';
import type { UseDns } from '@sluice/fail2ban-config';
import { misused, refused, TestError } from './test-error.ts';
import { testFlags } from './test-flags.ts';

/** What the command line of `banwatch test` asks for. */
export interface TestOptions {
  /** LOG, REGEX and IGNOREREGEX. */
  readonly words: readonly string[];
  readonly configDir: string;
  readonly datePattern: string | undefined;
  readonly timeZone: string | undefined;
  readonly encoding: string;
  readonly raw: boolean;
  readonly useDns: UseDns;
  readonly maxLines: number | undefined;
  readonly verbosity: number;
  readonly verboseDates: boolean;
  readonly tryAll: boolean;
  readonly out: string | undefined;
  readonly invert: boolean;
  readonly noMissed: boolean;
  readonly noIgnored: boolean;
  readonly allMatched: boolean;
  readonly allMissed: boolean;
  readonly allIgnored: boolean;
  readonly json: boolean;
  readonly cases: string | undefined;
  readonly zone: string | undefined;
  readonly now: string | undefined;
  readonly asks: 'help' | 'version' | 'short version' | undefined;
}

const usage = (fault: string, status = refused): TestError => new TestError('ERR_BANWATCH_TEST_USAGE', fault, status);

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(args: readonly string[]): { readonly values: Values; readonly positionals: readonly string[] } {
  const options = Object.fromEntries(
    testFlags.flatMap(({ name, short, alias, value }) => {
      const option = { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true };
      const entries: [string, typeof option & { short?: string }][] = [[name, short ? { ...option, short } : option]];
      if (alias !== undefined) entries.push([alias, option]);
      return entries;
    }),
  );
  options['V'] = { type: 'boolean', multiple: true, short: 'V' };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message, misused);
  }
}

function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw usage(`--${name} must be a number, not ${JSON.stringify(text)}`, misused);
  return Number(text);
}

/** fail2ban takes a word that it does not know for the safe one. */
function readUseDns(text: string | undefined): UseDns {
  const word = text?.toLowerCase() ?? 'warn';
  return word === 'yes' || word === 'warn' || word === 'raw' ? word : 'no';
}

/** Reads the command line. Throws a TestError. */
export function readTestOptions(args: readonly string[]): TestOptions {
  const { values, positionals } = parse(args);
  const all = (name: string): readonly (string | boolean)[] => [values[name] ?? []].flat();
  const text = (...names: readonly string[]): string | undefined => {
    const last = names.flatMap(all).at(-1);
    return typeof last === 'string' ? last : undefined;
  };
  const has = (...names: readonly string[]): boolean => names.some((name) => all(name).length > 0);
  for (const kind of ['missed', 'ignored'])
    if (has(`print-no-${kind}`) && has(`print-all-${kind}`))
      throw usage(`--print-no-${kind} and --print-all-${kind} are mutually exclusive.`);
  if (has('debuggex')) throw usage('--debuggex is not supported: it would send lines of your log to a web site.');
  const maxLines = readCount('maxlines', text('maxlines'));
  return {
    words: positionals,
    configDir: text('config') ?? '/etc/fail2ban',
    datePattern: text('datepattern') || undefined,
    timeZone: text('timezone', 'TZ'),
    encoding: text('encoding') ?? 'UTF-8',
    raw: has('raw'),
    useDns: readUseDns(text('usedns')),
    maxLines: maxLines === 0 ? undefined : maxLines,
    verbosity: readCount('verbosity', text('verbosity')) ?? all('verbose').length,
    verboseDates: has('verbose-date', 'VD'),
    tryAll: !has('no-check-all') && !has('out'),
    out: text('out') || undefined,
    invert: has('invert'),
    noMissed: has('print-no-missed'),
    noIgnored: has('print-no-ignored'),
    allMatched: has('print-all-matched'),
    allMissed: has('print-all-missed'),
    allIgnored: has('print-all-ignored'),
    json: has('json'),
    cases: text('cases'),
    zone: text('tz'),
    now: text('now'),
    asks: has('help') ? 'help' : has('version') ? 'version' : has('V') ? 'short version' : undefined,
  };
}

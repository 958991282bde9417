import { defaultPaths } from '../default-paths.ts';

/** What a command line says, in fail2ban-client's options and ours. */
export interface ClientArguments {
  readonly conf: string;
  readonly socket: string;
  readonly pidfile: string;
  readonly loglevel?: string;
  readonly logtarget?: string;
  readonly syslogsocket?: string;
  readonly state?: string;
  /** Print the commands that the configuration comes to. */
  readonly dump?: 'plain' | 'pretty';
  readonly isTest: boolean;
  readonly isInteractive: boolean;
  readonly isForeground: boolean;
  /** Take over the socket of a daemon that is dead. */
  readonly isForced: boolean;
  readonly isJson: boolean;
  /** 1 says warnings and errors; each `-v` one more, each `-q` one less. */
  readonly verbosity: number;
  /** A time, as fail2ban writes it. */
  readonly timeout: string;
  /** What is asked for instead of a command. */
  readonly instead?: { readonly what: 'help' | 'version' | 'short-version' | 'str2sec'; readonly text: string };
  readonly command: readonly string[];
}

/** An option that there is not, or that lacks its value. */
export class UnknownOption extends Error {
  override readonly name: string = 'UnknownOption';
}

const defaultConf = '/etc/fail2ban';

/** Short options and what they are called when long; a colon is for a value. */
const shorts: Readonly<Record<string, string>> = {
  c: 'conf:',
  s: 'socket:',
  p: 'pidfile:',
  h: 'help',
  V: 'short-version',
  d: 'dump',
  t: 'test',
  i: 'interactive',
  v: 'verbose',
  q: 'quiet',
  x: 'force',
  f: 'foreground',
  b: 'background',
};

const longs: readonly string[] = [
  ...['conf:', 'socket:', 'pidfile:', 'pname:', 'loglevel:', 'logtarget:', 'syslogsocket:', 'timeout:', 'str2sec:'],
  ...['help', 'version', 'dp', 'dump-pretty', 'test', 'async', 'json', 'state:'],
];

/** Verbs that fail2ban-client has not: they read their own options. */
export const ownVerbs: readonly string[] = ['test', 'import', 'completion'];

const isOwn = ([verb = '']: readonly string[]): boolean => ownVerbs.includes(verb);

const nameOf = (spec: string): string => spec.replace(/:$/, '');

/** A long option may be cut short, as long as it is clear which one is meant. */
function longNamed(name: string): string {
  const exact = longs.find((spec) => nameOf(spec) === name);
  const begun = longs.filter((spec) => spec.startsWith(name));
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
  if (found === undefined)
    throw new UnknownOption(`option --${name} ${begun.length > 1 ? 'is not clear' : 'not recognized'}`);
  return found;
}

/** The options, in order, and the words behind them: the first word that is no option ends them. */
function split(argv: readonly string[]): { options: [name: string, value: string][]; words: readonly string[] } {
  const options: [string, string][] = [];
  let at = 0;
  const valueFor = (flag: string): string => {
    at += 1;
    const value = argv[at];
    if (value === undefined) throw new UnknownOption(`option ${flag} requires argument`);
    return value;
  };
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (!word.startsWith('-') || word === '-') break;
    if (word.startsWith('--')) {
      const [flag = '', ...rest] = word.slice(2).split('=');
      const spec = longNamed(flag);
      if (!spec.endsWith(':') && rest.length > 0) throw new UnknownOption(`option --${flag} must not have an argument`);
      options.push([nameOf(spec), spec.endsWith(':') ? (rest.length > 0 ? rest.join('=') : valueFor(word)) : '']);
      continue;
    }
    for (let letters = word.slice(1); letters !== ''; letters = letters.slice(1)) {
      const letter = letters[0] ?? '';
      const spec = Object.hasOwn(shorts, letter) ? shorts[letter] : undefined;
      if (spec === undefined) throw new UnknownOption(`option -${letter} not recognized`);
      if (!spec.endsWith(':')) {
        options.push([spec, '']);
        continue;
      }
      options.push([nameOf(spec), letters.length > 1 ? letters.slice(1) : valueFor(`-${letter}`)]);
      break;
    }
  }
  return { options, words: argv.slice(at) };
}

/**
 * Reads a command line as `fail2ban-client` does. `--json` is also taken behind the verb, since no command has such a word.
 *
 * @throws UnknownOption
 */
export function readArguments(argv: readonly string[]): ClientArguments {
  const { options, words } = split(argv);
  const last = (name: string): string | undefined => options.findLast(([option]) => option === name)?.[1];
  const has = (name: string): boolean => last(name) !== undefined;
  const count = (name: string): number => options.filter(([option]) => option === name).length;
  const texts = Object.fromEntries(
    (['loglevel', 'logtarget', 'syslogsocket', 'state'] as const).flatMap((name) => {
      const value = last(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const instead = options.find(([name]) => ['help', 'version', 'short-version', 'str2sec'].includes(name));
  const wayUp = options.findLast(([name]) => name === 'foreground' || name === 'background')?.[0];
  return {
    conf: last('conf') ?? defaultConf,
    socket: last('socket') ?? defaultPaths.socket,
    pidfile: last('pidfile') ?? defaultPaths.pidFile,
    ...texts,
    ...(has('dump') && { dump: 'plain' as const }),
    ...((has('dp') || has('dump-pretty')) && { dump: 'pretty' as const }),
    isTest: has('test'),
    isInteractive: has('interactive'),
    isForeground: wayUp === 'foreground',
    isForced: has('force'),
    isJson: has('json') || (!isOwn(words) && words.includes('--json')),
    verbosity: 1 + count('verbose') - count('quiet'),
    timeout: last('timeout') ?? '30',
    ...(instead !== undefined && {
      instead: { what: instead[0] as NonNullable<ClientArguments['instead']>['what'], text: instead[1] },
    }),
    command: isOwn(words) ? words : words.filter((word) => word !== '--json'),
  };
}

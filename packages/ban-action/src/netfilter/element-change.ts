/** One element that a commit adds to or takes from a set. */
export interface ElementChange {
  readonly set: string;
  /** The network's address: the element. */
  readonly network: string;
  /**
   * - `add`: not there as far as is known;
   * - `replace`: there with another end. Deleted and added again, because older kernels keep an element's first timeout;
   * - `remove`: gone afterwards, whether it is there or not.
   */
  readonly kind: 'add' | 'replace' | 'remove';
  /** What is left of the ban; `Infinity` for ever. */
  readonly timeoutMs: number;
  /** Jail, kept with the element for people who list the set. */
  readonly jail: string;
}

/** A text for nft, and which change each of its lines is about. */
export interface Script {
  readonly statements: readonly string[];
  /** The change that a 1-based line of the statements, joined by line breaks, stands for. */
  changeAt(line: number): ElementChange | undefined;
}

/** The kernel counts in 64 bits of jiffies; beyond this many milliseconds nft calls a timeout too large. */
const maxTimeoutMs = 36_500 * 86_400_000;

const isName = /^[\w.:@+-]{1,100}$/;

function element({ network, timeoutMs, jail }: ElementChange): string {
  const timeout = timeoutMs > maxTimeoutMs ? '' : ` timeout ${Math.max(1, Math.ceil(timeoutMs))}ms`;
  const comment = isName.test(jail) ? ` comment "${jail}"` : '';
  return `${network}${timeout}${comment}`;
}

/**
 * Statements that bring changes about, in one transaction. Each element stands on a line of its own: nft names the line
 * of the one that the kernel refuses.
 */
export function changeScript(table: string, changes: readonly ElementChange[]): Script {
  const statements: string[] = [];
  const lines: (ElementChange | undefined)[] = [];
  const say = (verb: 'add' | 'delete', set: string, of: readonly ElementChange[], text: typeof element): void => {
    if (of.length === 0) return;
    statements.push(`${verb} element inet ${table} ${set} {\n${of.map(text).join(',\n')}\n}`);
    lines.push(undefined, ...of, undefined);
  };
  for (const set of new Set(changes.map((change) => change.set))) {
    const all = changes.filter((change) => change.set === set);
    const known = all.filter(({ kind }) => kind !== 'add');
    // Deleting what is not there would fail the whole transaction, so it is put there first.
    say('add', set, known, ({ network }) => `${network} timeout 1s`);
    say('delete', set, known, ({ network }) => network);
    say(
      'add',
      set,
      all.filter(({ kind }) => kind === 'replace'),
      element,
    );
    say(
      'add',
      set,
      all.filter(({ kind }) => kind === 'add'),
      element,
    );
  }
  return { statements, changeAt: (line) => lines[line - 1] };
}

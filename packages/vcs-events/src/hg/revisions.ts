/** Changesets as Mercurial selects them, in its language of revision sets. */
export interface Revisions {
  readonly expression: string;
  /** Arguments that the expression needs. */
  readonly args: readonly string[];
}

/** So many nodes are far less than one argument can hold. */
const nodesPerAlias = 500;
/** More do not fit on a command line. */
const maxNodes = 20_000;

/** Those of the changesets that the repository has. The nodes are hexadecimal and whole, or this throws. */
export function nodesOf(nodes: Iterable<string>): Revisions {
  const ids = [...nodes].slice(0, maxNodes).map((node) => `id(${checked(node)})`);
  const names: string[] = [];
  const args: string[] = [];
  for (let at = 0; at < ids.length; at += nodesPerAlias) {
    const name = `sluice${names.length}`;
    names.push(name);
    args.push('--config', `revsetalias.${name}=${ids.slice(at, at + nodesPerAlias).join(' + ')}`);
  }
  return { expression: names.length === 0 ? 'none()' : names.join(' + '), args };
}

/**
 * Those that are shown, up to `tip` in the order of their numbers, and are neither one of `delivered` nor an ancestor of
 * one. To be asked for with `--hidden`: what has been amended since still says what had been delivered.
 *
 * Mercurial refuses it when it does not have the tip.
 */
export function addedSince(delivered: readonly string[], tip: string): Revisions {
  const all = `0:${checked(tip)} - hidden()`;
  if (delivered.length === 0) return { expression: all, args: [] };
  const { expression, args } = nodesOf(delivered);
  return { expression: `(${all}) - ancestors(${expression})`, args };
}

/** Whether a text is a whole node, of 20 or 32 bytes. */
export const isNode = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

function checked(node: string): string {
  if (isNode(node)) return node;
  throw new TypeError(`${JSON.stringify(node)} is no node`);
}

import { check } from '../check.ts';
import type { Cursor } from '../options.ts';
import type { HgState } from './read-state.ts';
import { isNode } from './revisions.ts';

/** What has been delivered when all of a state has: its nodes by branch, with a blank between, newest first. */
export function cursorOf(state: HgState): Cursor {
  const named = new Map<string, string[]>();
  for (const [node, branch] of state) {
    const nodes = named.get(branch);
    if (nodes === undefined) named.set(branch, [node]);
    else nodes.push(node);
  }
  const texts = [...named].map(([branch, nodes]) => [branch, nodes.join(' ')] as const);
  // Without a prototype: branches are named by others.
  return { version: 1, kind: 'hg', heads: Object.assign(Object.create(null), Object.fromEntries(texts)) };
}

/** The nodes of a cursor: these and what they stand on have been delivered. Throws when one is not whole. */
export function nodesOfCursor(cursor: Cursor | undefined): readonly string[] {
  const nodes: string[] = [];
  for (const [name, text] of Object.entries(cursor?.heads ?? {})) {
    for (const node of text.split(' ')) {
      if (!isNode(node)) throw check.bad(`cursor.heads[${JSON.stringify(name)}]`, 'whole nodes', node);
      nodes.push(node);
    }
  }
  return nodes;
}

import { childrenOf, type LookNode, type Node, type ParsedPattern, someNode } from '../python-regex/ast.ts';
import { behindSets } from './behind-sets.ts';
import { type Environment, environmentOf } from './environment.ts';
import { programSize } from './program-size.ts';

/** Most states of the memory of a thread. */
const maxEnvironment = 64;
/** Most instructions. */
export const maxInstructions = 20_000;

const isGroup = (node: Node): boolean => node.type === 'group';

function whyNotLook(node: LookNode, environment: Environment, inLoop: boolean): string | undefined {
  if (node.behind) {
    return behindSets(node.body) === undefined ? 'look-behind of more than one character' : undefined;
  }
  if (inLoop && !node.negated && someNode(node.body, isGroup)) return 'group in a look-ahead in a loop';
  const tracks = (part: Node): boolean => part.type === 'group' && environment.groups.has(part.index);
  return someNode(node.body, tracks) ? 'group in a look-ahead that is referred to' : undefined;
}

function whyNotReference(node: Node, environment: Environment, around: readonly number[]): string | undefined {
  if (node.type === 'back-reference') {
    if (node.ignoreCase) return `back-reference to group ${node.group} that ignores case`;
    if (environment.groups.get(node.group)?.texts === undefined) {
      return `back-reference to group ${node.group}, which can hold too many texts`;
    }
  }
  if ((node.type === 'back-reference' || node.type === 'conditional') && around.includes(node.group)) {
    return `group ${node.group} refers to itself`;
  }
  return undefined;
}

function whyNot(node: Node, environment: Environment, around: readonly number[], inLoop: boolean): string | undefined {
  if (node.type === 'atomic') return 'atomic group';
  if (node.type === 'repeat' && node.mode === 'possessive') return 'possessive repetition';
  const reason =
    node.type === 'look' ? whyNotLook(node, environment, inLoop) : whyNotReference(node, environment, around);
  if (reason !== undefined) return reason;
  if (node.type === 'look' && node.behind) return undefined;
  const inner = node.type === 'group' ? [...around, node.index] : around;
  const loops = inLoop || (node.type === 'repeat' && node.max > 1);
  for (const child of childrenOf(node)) {
    const found = whyNot(child, environment, inner, loops);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Instructions of a pattern's program, at most. */
export const instructionsOf = (parsed: ParsedPattern): number => programSize(parsed.root) * environmentOf(parsed).size;

/** Why an automaton cannot stand for this pattern; undefined when it can. */
export function whyNotRegular(parsed: ParsedPattern): string | undefined {
  const environment = environmentOf(parsed);
  const reason = whyNot(parsed.root, environment, [], false);
  if (reason !== undefined) return reason;
  if (environment.size > maxEnvironment) return `its references and loops have ${environment.size} states together`;
  const size = programSize(parsed.root) * environment.size;
  return size > maxInstructions ? `${size} instructions, more than ${maxInstructions}` : undefined;
}

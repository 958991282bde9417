import type { CommandFault } from '../ruleset/command-fault.ts';
import type { CommandPart } from './command-part.ts';

/** What is left when the guilty ones are taken out. */
export function remainingParts(parts: readonly CommandPart[], guilty: readonly CommandFault[]): readonly CommandPart[] {
  const elementsOf = new Map<number, Set<number> | 'all'>();
  for (const { command, element } of guilty) {
    const known = elementsOf.get(command);
    if (element === undefined || known === 'all') elementsOf.set(command, 'all');
    else if (known === undefined) elementsOf.set(command, new Set([element]));
    else known.add(element);
  }
  return parts.flatMap((part, at) => {
    const out = elementsOf.get(at);
    if (out === undefined) return [part];
    if (out === 'all') return [];
    return part.without(out) ?? [];
  });
}

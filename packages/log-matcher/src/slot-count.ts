/** Slots that a search fills for a pattern: start and end of the whole match, then of each group. */
export const slotCount = ({ groupCount }: { readonly groupCount: number }): number => 2 * (groupCount + 1);

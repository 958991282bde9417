/** Most classes of characters that an automaton tells apart: its rows have an entry for each, and one for the beginning. */
const maxClasses = 255;
const entryBytes = 8;
/** For a state and for decisions, outside of the engine's memory. */
const overheadBytes = 400;

/**
 * Bytes with which an automaton can always read a block of a subject, even if each position brings a new state.
 *
 * @param instructions of its program
 * @param blockUnits characters of a block
 */
export function leastCacheBytes(instructions: number, blockUnits: number): number {
  const row = (maxClasses + 1) * entryBytes;
  const bits = Math.ceil(instructions / 64) * 8;
  // Decisions once in the engine's memory; what a state stands for, and the text it is found by, three times.
  return (blockUnits + 2) * (row + 4 * bits + overheadBytes);
}

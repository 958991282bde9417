const poolSize = 20_000;

/** @param {import('./dice.mjs').Dice} dice */
function address(dice) {
  if (dice.chance(0.04)) return `2001:db8:${dice.hex(65536)}:${dice.hex(65536)}::${dice.hex(65536)}`;
  return `${1 + dice.below(223)}.${dice.below(256)}.${dice.below(256)}.${1 + dice.below(254)}`;
}

/** Addresses that a log's lines come from. */
export class Clients {
  #dice;
  #pool;

  /** @param {import('./dice.mjs').Dice} dice */
  constructor(dice) {
    this.#dice = dice;
    this.#pool = Array.from({ length: poolSize }, () => address(dice));
  }

  /** @returns {string} */
  next() {
    // The smaller of two: some clients come back more often than others.
    const index = Math.min(this.#dice.below(poolSize), this.#dice.below(poolSize));
    return /** @type {string} */ (this.#pool[index]);
  }
}

export const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Time of a log's lines: the same as the line before, or a second later. */
export class LogClock {
  #dice;
  #chance;
  #format;
  #seconds = 1_700_000_000;
  #stamp = '';

  /**
   * @param {import('./dice.mjs').Dice} dice
   * @param {number} chance of a new second with each line
   * @param {(time: Date) => string} format
   */
  constructor(dice, chance, format) {
    this.#dice = dice;
    this.#chance = chance;
    this.#format = format;
  }

  /** @returns {string} */
  next() {
    if (this.#dice.chance(this.#chance)) {
      this.#seconds += 1;
      this.#stamp = '';
    }
    if (this.#stamp === '') this.#stamp = this.#format(new Date(this.#seconds * 1000));
    return this.#stamp;
  }
}

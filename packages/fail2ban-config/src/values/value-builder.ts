import type { Place } from '../place.ts';
import type { Line, Origin, Value } from './value.ts';

/** Puts a value together from texts and other values, and keeps track of where each piece was written. */
export class ValueBuilder {
  readonly #lines: Line[] = [];
  #text = '';
  #place: Place;
  #origins: Origin[] = [];

  /** @param place of the first line */
  constructor(place: Place) {
    this.#place = place;
  }

  /** Adds to the line at hand. */
  text(text: string, place: Place): void {
    if (text === '') return;
    if (this.#origins.at(-1)?.place !== place) this.#origins.push({ at: this.#text.length, place });
    this.#text += text;
  }

  /**
   * Adds a value.
   * @param alone true when nothing else is on the line: then its first line keeps its own place too
   */
  value(value: Value, alone: boolean): void {
    value.forEach((line, index) => {
      if (index > 0) this.break(line.place);
      else if (alone) this.#place = line.place;
      const origins = line.origins ?? [{ at: 0, place: line.place }];
      origins.forEach((origin, which) => {
        this.text(line.text.slice(origin.at, origins[which + 1]?.at), origin.place);
      });
    });
  }

  /** Ends the line at hand and begins one that stands at `place`. */
  break(place: Place): void {
    this.#endLine();
    this.#text = '';
    this.#place = place;
    this.#origins = [];
  }

  finish(): Value {
    this.#endLine();
    return this.#lines;
  }

  #endLine(): void {
    const mixed = this.#origins.some((origin) => origin.place !== this.#place);
    const line = { text: this.#text, place: this.#place };
    this.#lines.push(mixed ? { ...line, origins: this.#origins } : line);
  }
}

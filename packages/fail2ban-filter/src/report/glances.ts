import type { DateDetector } from '../dates/date-detector.ts';
import type { DateTemplate } from '../dates/date-template.ts';
import { DateGlance } from './date-glance.ts';
import { MovingGlance } from './moving-glance.ts';

/** Sees dates without reading them, one line after the other. */
export interface LineGlance {
  readonly template: DateTemplate;
  /** Where the last one that was seen stands in its line; undefined for a date at the line's beginning. */
  readonly place: { readonly start: number; readonly end: number } | undefined;
  /**
   * Where the date of a line is over; -1 when it is not seen.
   *
   * @param text a character for each byte
   * @param start of the line
   * @param end of the line, without its break
   */
  endOf(text: string, start: number, end: number): number;
}

/** The way to see dates that goes with a detector's last template. */
export class Glances {
  /** What {@link now} gave last. */
  last: LineGlance | undefined;
  readonly #detector: DateDetector;
  #template: DateTemplate | undefined;
  #moving: MovingGlance | undefined;

  constructor(detector: DateDetector) {
    this.#detector = detector;
  }

  /** For the lines behind those that the detector has learnt from; undefined when it has read none, or none such. */
  now(): LineGlance | undefined {
    const template = this.#detector.last?.template;
    if (this.#template !== template) {
      this.#template = template;
      this.#moving = template === undefined || template.anchored ? undefined : MovingGlance.of(this.#detector);
      this.last = template?.anchored ? new DateGlance(template) : this.#moving;
    }
    this.#moving?.begin();
    return this.last;
  }
}

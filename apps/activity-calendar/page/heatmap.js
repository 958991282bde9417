import { dayAfter, daysOfYear, monthAfter } from './calendar-year.js';
import { element } from './element.js';
import { activities, dayName, longWeekdayName, monthName, weekdayName } from './format.js';

const steps = {
  ArrowLeft: (day) => dayAfter(day, -7),
  ArrowRight: (day) => dayAfter(day, 7),
  ArrowUp: (day) => dayAfter(day, -1),
  ArrowDown: (day) => dayAfter(day, 1),
  PageUp: (day) => monthAfter(day, -1),
  PageDown: (day) => monthAfter(day, 1),
  Home: (day) => `${day.slice(0, 4)}-01-01`,
  End: (day) => `${day.slice(0, 4)}-12-31`,
};

/** `3 activities on 12 March 2024`. */
export const dayLabel = (day, count) => `${activities(count)} on ${dayName(day)}`;

/** Which of the shades 0 to 4 a count has, by the largest counts of the shades 1 to 3. */
export const levelOf = (count, limits) => (count === 0 ? 0 : 1 + limits.filter((limit) => count > limit).length);

/**
 * A grid of a year's days, a column a week, a row a weekday. One day of it is in the order of Tab; the keys above go to
 * others. `onSelect` is told the day that Enter, Space or a click chose, and null after Escape or the same day again;
 * `onPoint` the day that is pointed at or has the focus, and null when there is none.
 */
export class Heatmap {
  #grid;
  #months;
  #onSelect;
  #onPoint;
  #year = 0;
  #cells = new Map();
  #current = null;
  #selected = null;

  constructor(grid, months, { onSelect, onPoint }) {
    this.#grid = grid;
    this.#months = months;
    this.#onSelect = onSelect;
    this.#onPoint = onPoint;
    grid.addEventListener('keydown', (event) => this.#onKey(event));
    grid.addEventListener('click', (event) => this.#onClick(event));
    grid.addEventListener('focusin', (event) => this.#onPoint(event.target.dataset.day ?? null));
    grid.addEventListener('focusout', () => this.#onPoint(null));
    grid.addEventListener('pointerover', (event) => this.#onPoint(event.target.dataset.day ?? null));
    grid.addEventListener('pointerleave', () => this.#onPoint(document.activeElement?.dataset.day ?? null));
  }

  /** Shows a year. The cells of the same year stay, and with them the focus. */
  show(year, counts, limits) {
    if (year !== this.#year) this.#build(year);
    let last = null;
    for (const [day, cell] of this.#cells) {
      const count = Object.hasOwn(counts, day) ? counts[day] : 0;
      cell.dataset.level = levelOf(count, limits);
      cell.setAttribute('aria-label', dayLabel(day, count));
      if (count > 0) last = day;
    }
    if (this.#current === null || !this.#cells.has(this.#current)) this.#setCurrent(last ?? `${this.#key(year)}-01-01`);
  }

  /** Marks a day as the one that is listed; null for none. */
  select(day) {
    this.#cells.get(this.#selected)?.setAttribute('aria-selected', 'false');
    this.#selected = day;
    this.#cells.get(day)?.setAttribute('aria-selected', 'true');
    if (this.#cells.has(day)) this.#setCurrent(day);
  }

  /** The element of the day that Tab goes to. */
  get currentCell() {
    return this.#cells.get(this.#current);
  }

  #key(year) {
    return String(year).padStart(4, '0');
  }

  #build(year) {
    this.#year = year;
    this.#cells.clear();
    this.#current = null;
    const rows = Array.from({ length: 7 }, (_, weekday) => this.#row(weekday));
    const months = [];
    for (const { day, week, weekday } of daysOfYear(year)) {
      const selected = String(day === this.#selected);
      const attributes = { class: 'day', role: 'gridcell', tabindex: '-1', 'aria-selected': selected, 'data-day': day };
      const cell = element('div', { ...attributes, 'aria-colindex': String(week + 2) });
      cell.style.gridColumn = String(week + 2);
      rows[weekday].append(cell);
      this.#cells.set(day, cell);
      if (day.endsWith('-01')) months.push(this.#month(day, weekday === 0 ? week : week + 1));
    }
    this.#months.replaceChildren(...months);
    this.#grid.setAttribute('role', 'grid');
    this.#grid.setAttribute('aria-label', `Activities by day in ${year}`);
    this.#grid.setAttribute('aria-describedby', 'heatmap-help');
    this.#grid.setAttribute('aria-colcount', '55');
    this.#grid.replaceChildren(...rows);
  }

  #row(weekday) {
    const name = element('div', { class: 'week-name', role: 'rowheader', 'aria-label': longWeekdayName(weekday) });
    name.append(weekdayName(weekday));
    return element('div', { class: 'week-row', role: 'row' }, name);
  }

  #month(day, week) {
    const month = element('span', {}, monthName(Number(day.slice(5, 7)) - 1));
    month.style.gridColumn = `${Math.min(week, 51) + 2} / span 3`;
    return month;
  }

  #setCurrent(day) {
    this.currentCell?.setAttribute('tabindex', '-1');
    this.#current = day;
    this.currentCell?.setAttribute('tabindex', '0');
  }

  #onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { day } = event.target.dataset;
    if (day === undefined) return;
    const step = steps[event.key];
    if (step !== undefined) {
      const next = step(day);
      if (this.#cells.has(next)) {
        this.#setCurrent(next);
        this.currentCell.focus();
      }
    } else if (event.key === 'Enter' || event.key === ' ') this.#choose(day);
    else if (event.key === 'Escape') this.#onSelect(null);
    else return;
    event.preventDefault();
  }

  #onClick(event) {
    const { day } = event.target.dataset;
    if (day !== undefined) this.#choose(day);
  }

  #choose(day) {
    this.#onSelect(day === this.#selected ? null : day);
  }
}

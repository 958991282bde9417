import { byId, element, setOptions, setText } from './element.js';
import { activities, days, fullDayName, number } from './format.js';
import { dayLabel, Heatmap } from './heatmap.js';

const yearOf = (day) => Number(day.slice(0, 4));

/** The heatmap with what is around it: the choice of a year, the line below, and the same as a table. */
export class Overview {
  #heatmap;
  #select = byId('year');
  #readout = byId('readout');
  #details = byId('days');
  #days = {};
  #limits = [1, 2, 3];
  #year = new Date().getFullYear();
  #isChosen = false;

  constructor({ onSelect }) {
    const onPoint = (day) => this.#tell(day);
    this.#heatmap = new Heatmap(byId('heatmap'), byId('months'), { onSelect, onPoint });
    this.#select.addEventListener('change', () => this.#choose(Number(this.#select.value)));
    byId('earlier').addEventListener('click', () => this.#step(-1));
    byId('later').addEventListener('click', () => this.#step(1));
    this.#details.addEventListener('toggle', () => this.#renderTable());
    this.#render();
  }

  /** Shows the counts of days. The newest year is shown until one is chosen. */
  show(counts, limits) {
    this.#days = counts;
    this.#limits = limits;
    const years = this.#years();
    if (!this.#isChosen && years.length > 0) this.#year = years.at(-1);
    this.#render();
  }

  select(day) {
    if (day !== null && yearOf(day) !== this.#year) this.#choose(yearOf(day));
    this.#heatmap.select(day);
  }

  #years() {
    return [...new Set(Object.keys(this.#days).map(yearOf))].sort((a, b) => a - b);
  }

  #choose(year) {
    this.#isChosen = true;
    this.#year = year;
    this.#render();
  }

  #step(by) {
    const years = this.#options();
    const next = years[years.indexOf(this.#year) + by];
    if (next !== undefined) this.#choose(next);
  }

  /** A year that is shown stays among those to choose from, also where a filter leaves nothing of it. */
  #options() {
    return [...new Set([...this.#years(), this.#year])].sort((a, b) => a - b);
  }

  #render() {
    const years = this.#options();
    const isOtherYear = this.#select.value !== String(this.#year);
    setOptions(
      this.#select,
      years.map((year) => [String(year), String(year)]),
    );
    this.#select.value = String(this.#year);
    byId('earlier').setAttribute('aria-disabled', String(years[0] === this.#year));
    byId('later').setAttribute('aria-disabled', String(years.at(-1) === this.#year));
    this.#heatmap.show(this.#year, this.#days, this.#limits);
    if (isOtherYear) this.#scrollToCurrent();
    this.#tell(document.activeElement?.dataset.day ?? null);
    this.#renderTable();
  }

  /** On a narrow screen the year is wider than its place. */
  #scrollToCurrent() {
    const scroller = byId('scroller');
    const cell = this.#heatmap.currentCell;
    if (cell !== undefined) scroller.scrollLeft = cell.offsetLeft - scroller.clientWidth + 3 * cell.offsetWidth;
  }

  #entries() {
    return Object.entries(this.#days).filter(([day]) => yearOf(day) === this.#year);
  }

  #tell(day) {
    if (day !== null) {
      setText(this.#readout, dayLabel(day, Object.hasOwn(this.#days, day) ? this.#days[day] : 0));
      return;
    }
    const entries = this.#entries();
    const total = entries.reduce((sum, [, count]) => sum + count, 0);
    const on = total === 0 ? '' : ` on ${days(entries.length)}`;
    setText(this.#readout, `${activities(total)} in ${this.#year}${on}`);
  }

  #renderTable() {
    if (!this.#details.open) return;
    const head = (text) => element('th', { scope: 'col' }, text);
    const rows = this.#entries().map(([day, count]) =>
      element('tr', {}, element('th', { scope: 'row' }, fullDayName(day)), element('td', {}, number(count))),
    );
    byId('days-table').replaceChildren(
      element('caption', { class: 'hidden' }, `Days with activities in ${this.#year}`),
      element('thead', {}, element('tr', {}, head('Day'), head('Activities'))),
      element('tbody', {}, ...rows),
    );
  }
}

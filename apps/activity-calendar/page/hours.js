import { element } from './element.js';
import { activities, longWeekdayName, weekdayName } from './format.js';
import { levelOf } from './heatmap.js';

const two = (hour) => String(hour).padStart(2, '0');

/** A table of weekdays and hours, each cell shaded by its count, which is in it as text too. */
export class Hours {
  #cells = [];

  constructor(table) {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const heads = hours.map((hour) => {
      // Each third is written; the others are for those who hear the table.
      const text = element('span', hour % 3 === 0 ? {} : { class: 'hidden' }, two(hour));
      return element('th', { scope: 'col' }, text);
    });
    const rows = Array.from({ length: 7 }, (_, weekday) => {
      const cells = hours.map(() => element('td', { 'data-level': '0' }, element('span', { class: 'hidden' }, '0')));
      this.#cells.push(cells);
      const name = element(
        'th',
        { class: 'weekday', scope: 'row', 'aria-label': longWeekdayName(weekday) },
        weekdayName(weekday),
      );
      return element('tr', {}, name, ...cells);
    });
    const corner = element('td', { class: 'weekday' });
    table.append(element('thead', {}, element('tr', {}, corner, ...heads)), element('tbody', {}, ...rows));
  }

  show(hourByWeekday, limits) {
    for (const [weekday, row] of hourByWeekday.entries()) {
      for (const [hour, count] of row.entries()) {
        const cell = this.#cells[weekday][hour];
        cell.dataset.level = levelOf(count, limits);
        cell.title = `${activities(count)}, ${longWeekdayName(weekday)} ${two(hour)}:00 to ${two(hour)}:59`;
        cell.firstChild.textContent = String(count);
      }
    }
  }
}

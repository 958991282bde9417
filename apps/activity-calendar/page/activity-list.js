import { byId, element } from './element.js';
import { dayName, dayOf, fullDayName, timeOfDay, zoneName } from './format.js';

/** The list, a part for each day. It shows the newest first and grows when more is asked for. */
export class ActivityList {
  #list = byId('list');
  #uids = new Set();

  /** How many activities are listed. */
  get size() {
    return this.#uids.size;
  }

  clear() {
    this.#uids.clear();
    this.#list.replaceChildren();
  }

  /** Adds activities below the others, save those that are there already; gives the first element that is new. */
  add(activities) {
    let first = null;
    for (const activity of activities) {
      if (this.#uids.has(activity.uid)) continue;
      this.#uids.add(activity.uid);
      const item = itemOf(activity);
      this.#placeFor(activity.day).append(item);
      first ??= item;
    }
    return first;
  }

  #placeFor(day) {
    const last = this.#list.lastElementChild;
    if (last?.dataset.date === day) return last.lastElementChild;
    const place = element('ol');
    this.#list.append(
      element('section', { class: 'date', 'data-date': day }, element('h3', {}, fullDayName(day)), place),
    );
    return place;
  }
}

function itemOf(activity) {
  const { title, url, author, categories, text } = activity;
  const name = url === undefined ? element('span') : element('a', { href: url, rel: 'noopener noreferrer external' });
  name.className = 'title';
  name.dir = 'auto';
  name.append(title.trim() === '' ? '(no title)' : title);
  const meta = element('div', { class: 'meta' }, element('span', { dir: 'auto' }, author));
  for (const category of categories) meta.append(element('span', { class: 'tag', dir: 'auto' }, category));
  const until = untilText(activity);
  if (until !== '') meta.append(element('span', {}, until));
  if (text !== undefined && text.trim() !== '' && text.trim() !== title.trim()) meta.append(detailsOf(text));
  const body = element('div', {}, name, meta);
  return element('li', { class: 'activity', tabindex: '-1' }, element('div', {}, timeOf(activity)), body);
}

/** The time by the author's clock; which clock that is stands in the title. */
function timeOf({ startMs, tzMinutes }) {
  const zone =
    tzMinutes === null
      ? 'UTC; the zone is not known'
      : tzMinutes === 0
        ? zoneName(0)
        : `${zoneName(tzMinutes)}, ${timeOfDay(startMs, 0)} UTC`;
  const time = timeOfDay(startMs, tzMinutes);
  return element('time', { datetime: new Date(startMs).toISOString(), title: `${time} ${zone}` }, time);
}

function untilText({ startMs, endMs, tzMinutes, day }) {
  if (endMs === undefined || !(endMs > startMs) || endMs > 253_402_300_799_999) return '';
  const last = dayOf(endMs, tzMinutes);
  return `until ${last === day ? '' : `${dayName(last)}, `}${timeOfDay(endMs, tzMinutes)}`;
}

/** The text is made when it is asked for. */
function detailsOf(text) {
  const details = element('details', {}, element('summary', {}, 'Text'));
  const show = () => details.append(element('div', { class: 'text', dir: 'auto' }, text));
  details.addEventListener('toggle', show, { once: true });
  return details;
}

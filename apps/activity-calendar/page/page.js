import { ActivityList } from './activity-list.js';
import { byId, element, setText } from './element.js';
import { Filters } from './filters.js';
import { activities, dayName, number } from './format.js';
import { Hours } from './hours.js';
import { Overview } from './overview.js';
import { fetchActivities, fetchStats } from './server.js';
import { showSubscription } from './subscribe.js';

const soonMs = 2_000;
const laterMs = 30_000;

const hours = new Hours(byId('hours'));
const list = new ActivityList();
const overview = new Overview({ onSelect: selectDay });
const filters = new Filters({ onChange: applyFilters });

let day = null;
let next = null;
let stats = null;
let tag = null;
let listedVersion = null;
let hasMoreThanFirst = false;
let statsRequest = new AbortController();
let listRequest = new AbortController();
let pauseMs = soonMs;
let timer = 0;

/** Runs a request; a later one of its kind ends it, which is no failure. Gives whether it succeeded. */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (error.name !== 'AbortError') showProblems([`Cannot load: ${error.message}`]);
    return false;
  }
}

async function loadStats() {
  statsRequest.abort();
  statsRequest = new AbortController();
  const answer = await fetchStats(filters.value, tag, statsRequest.signal);
  if (answer.value === null) {
    showProblems(stats.problems);
    return false;
  }
  tag = answer.tag;
  stats = answer.value;
  showStats();
  return true;
}

function showStats() {
  document.title = stats.name;
  setText(byId('name'), stats.name);
  overview.show(stats.days, stats.dayLevels);
  hours.show(stats.hourByWeekday, stats.hourLevels);
  if (filters.isEmpty) filters.offer(stats.byAuthor, stats.byCategory);
  showProblems(stats.problems);
  const dates = Object.keys(stats.days);
  const span = dates.length === 0 ? '' : `, ${dayName(dates[0])} to ${dayName(dates.at(-1))}`;
  const dropped = stats.dropped === 0 ? '' : `; ${number(stats.dropped)} older ones are not shown`;
  setText(byId('summary'), `${activities(stats.total)}${span}${dropped}`);
  byId('refresh').hidden = listedVersion === null || listedVersion === stats.version || !hasMoreThanFirst;
}

function showProblems(lines) {
  const box = byId('problems');
  const text = lines.join('\n');
  if (box.dataset.lines === text) return;
  box.dataset.lines = text;
  box.hidden = lines.length === 0;
  box.replaceChildren(element('ul', {}, ...lines.map((line) => element('li', { dir: 'auto' }, line))));
}

/** Lists from the beginning. */
async function loadList() {
  listRequest.abort();
  listRequest = new AbortController();
  const version = stats?.version ?? null;
  const piece = await fetchActivities(filters.value, day, null, listRequest.signal);
  list.clear();
  list.add(piece.activities);
  listedVersion = version;
  hasMoreThanFirst = false;
  showEnd(piece.next);
}

async function loadMore() {
  if (next === null) return;
  listRequest.abort();
  listRequest = new AbortController();
  hasMoreThanFirst = true;
  const piece = await fetchActivities(filters.value, day, next, listRequest.signal);
  const hadFocus = document.activeElement === byId('more');
  const first = list.add(piece.activities);
  showEnd(piece.next);
  if (hadFocus && next === null) first?.focus();
}

function showEnd(cursor) {
  next = cursor;
  byId('more').hidden = next === null;
  byId('refresh').hidden = true;
  byId('nothing').hidden = list.size > 0;
  setText(byId('nothing'), nothingText());
  const on = day === null ? '' : ` on ${dayName(day)}`;
  const of = next === null ? '' : ', newest first';
  setText(byId('shown'), list.size === 0 ? '' : `${activities(list.size)}${on} listed${of}`);
}

function nothingText() {
  if (day !== null || !filters.isEmpty) return 'Nothing matches.';
  return stats?.state === 'reading' ? 'Waiting for the first activities…' : 'There are no activities.';
}

function selectDay(chosen) {
  day = chosen;
  overview.select(day);
  const clear = byId('clear-day');
  if (document.activeElement === clear) byId('activities').focus();
  clear.hidden = day === null;
  setText(clear, day === null ? '' : `${dayName(day)} ✕`);
  clear.setAttribute('aria-label', day === null ? '' : `Show all days, not only ${dayName(day)}`);
  void attempt(loadList);
}

function applyFilters() {
  // Numbers of another filter: what is tagged is not what is wanted.
  tag = null;
  void attempt(loadStats);
  void attempt(loadList);
}

/** Asks again soon while there is news, and less and less often while there is none. */
function poll() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (!document.hidden) await look();
    poll();
  }, pauseMs);
}

async function look() {
  let isNew = false;
  await attempt(async () => {
    isNew = await loadStats();
    if (isNew && !hasMoreThanFirst && !byId('list').contains(document.activeElement)) await loadList();
  });
  pauseMs = isNew ? soonMs : Math.min(pauseMs * 2, laterMs);
}

showSubscription();
byId('more').addEventListener('click', () => attempt(loadMore));
byId('clear-day').addEventListener('click', () => selectDay(null));
byId('refresh').addEventListener('click', () => attempt(loadList));
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  clearTimeout(timer);
  void look().then(poll);
});
void look().then(poll);

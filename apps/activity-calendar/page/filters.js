import { byId, setOptions } from './element.js';
import { number } from './format.js';

const pauseMs = 250;
const maxOptions = 500;

/** The search box and the choices of an author and a category. `onChange` is told when they ask for something else. */
export class Filters {
  #search = byId('search');
  #author = byId('author');
  #category = byId('category');
  #timer = 0;

  constructor({ onChange }) {
    this.offer({}, {});
    this.#search.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(onChange, pauseMs);
    });
    this.#author.addEventListener('change', onChange);
    this.#category.addEventListener('change', onChange);
  }

  /** What is asked for; empty texts ask for nothing. */
  get value() {
    return { q: this.#search.value.trim(), author: this.#author.value, category: this.#category.value };
  }

  get isEmpty() {
    return Object.values(this.value).every((text) => text === '');
  }

  clear() {
    this.#search.value = '';
    this.#author.value = '';
    this.#category.value = '';
  }

  /** Offers names with their counts to choose from, the most frequent first. */
  offer(byAuthor, byCategory) {
    setOptions(this.#author, [['', 'All authors'], ...choices(byAuthor)]);
    setOptions(this.#category, [['', 'All categories'], ...choices(byCategory)]);
  }
}

const choices = (counts) =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, maxOptions)
    .map(([name, count]) => [name, `${name} (${number(count)})`]);

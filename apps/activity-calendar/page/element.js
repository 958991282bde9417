/** The element with an id of index.html. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element. Whatever is a text stays one: no part of this page reads text as HTML.
 *
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** Sets a text where it is another one: a live region speaks when it is touched. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Fills a select and keeps what is chosen, where that is still there. */
export function setOptions(select, options) {
  const chosen = select.value;
  const same =
    select.options.length === options.length &&
    options.every(([value, text], n) => select.options[n].value === value && select.options[n].text === text);
  if (same) return;
  select.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

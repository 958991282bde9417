const form = /[\t\n\r ]+([\w:.-]+)[\t\n\r ]*=[\t\n\r ]*(?:"([^"<]*)"|'([^'<]*)')/y;
const rest = /[\t\n\r ]*\/?$/y;

/**
 * Attributes by name, entities as they are.
 *
 * @param text what stands between an element's name and `>`
 * @returns undefined when that is no list of attributes
 */
export function attributesOf(text: string): ReadonlyMap<string, string> | undefined {
  const attributes = new Map<string, string>();
  let at = 0;
  for (;;) {
    form.lastIndex = at;
    const [whole, name, double, single] = form.exec(text) ?? [];
    if (whole === undefined || name === undefined) break;
    attributes.set(name, double ?? single ?? '');
    at += whole.length;
  }
  rest.lastIndex = at;
  return rest.test(text) ? attributes : undefined;
}

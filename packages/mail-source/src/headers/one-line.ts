// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for; \p{Cc} takes twice the time
const control = /[\u0000-\u001f\u007f-\u009f]/;
const breaking = /[\t\n\v\f\r]/g;
const controls = /\p{Cc}/gu;

/** The text as one line: breaks and tabs become blanks, other control characters go, so do blanks around it. */
export function oneLine(text: string): string {
  return (control.test(text) ? text.replace(breaking, ' ').replace(controls, '') : text).trim();
}

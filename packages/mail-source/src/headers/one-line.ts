const control = /\p{Cc}/u;
const breaking = /[\t\n\v\f\r]/g;
const controls = /\p{Cc}/gu;

/** The text as one line: breaks and tabs become blanks, other control characters go, so do blanks around it. */
export function oneLine(text: string): string {
  return (control.test(text) ? text.replace(breaking, ' ').replace(controls, '') : text).trim();
}

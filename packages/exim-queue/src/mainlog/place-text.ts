import type { LoggedPlace } from './mainlog-event.ts';

const form = /^(?:\((.*)\) )?(F?)input, F?msglog$/u;

/** A place as Exim writes it: `input, msglog`, `(parked) input, msglog`, `Finput, Fmsglog`. */
export function placeText(text: string): LoggedPlace | undefined {
  const found = form.exec(text);
  return found === null ? undefined : { queue: found[1] ?? '', isAside: found[2] === 'F' };
}

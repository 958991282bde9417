import { IcalSinkError } from '../ical-sink-error.ts';

const maxReadChars = 2000;
const maxTextChars = 160;

/** A refusal of a CalDAV server, with its status and the beginning of what it said. */
export function davFault(what: string, status: number, text: string = ''): IcalSinkError {
  const said = text
    .slice(0, maxReadChars)
    .replaceAll(/<[^>]*\/>/g, (tag) => ` ${tag.replaceAll(/[</>]/g, '').trim()} `)
    .replaceAll(/<[^>]*>/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a server's text is not to move a terminal's cursor.
    .replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, maxTextChars);
  return new IcalSinkError('ERR_ICAL_SINK_CALDAV', `${what}: status ${status}${said === '' ? '' : `, ${said}`}`, {
    value: status,
  });
}

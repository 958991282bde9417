/** RFC 5322, 2.1.1: no line is longer, and an identifier cannot be folded. */
const maxIdChars = 998;
/** What nearly all mails have. */
const usual = /^<[!-;=?-~]+>$/;
const bracketed = /^[^<]*<([^>]*)>/;
const unwanted = /[\p{Cc}\s]/gu;

/**
 * The Message-ID header's identifier, without brackets, control characters and blanks; undefined when nothing is left,
 * or more than 998 characters: cut off, it might be another mail's.
 *
 * @param value as text
 */
export function parseMessageId(value: string): string | undefined {
  if (usual.test(value) && value.length <= maxIdChars) return value.slice(1, -1);
  const id = (bracketed.exec(value)?.[1] ?? value).replace(unwanted, '');
  return id === '' || id.length > maxIdChars ? undefined : id;
}

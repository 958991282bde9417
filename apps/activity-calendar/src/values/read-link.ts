import { ValueFault } from '@sluice/command-line';

/** A template of web addresses, `https://…/{id}`. */
export function readLink(text: string): string {
  const isLink = text.includes('{id}') && URL.canParse(text.replaceAll('{id}', '1')) && /^https?:/i.test(text);
  if (!isLink) throw new ValueFault('an http or https address with {id} in it', text);
  return text;
}

/**
 * A changeset's user, `Name <address>`, in its parts: the address is what stands in the last brackets, when they are the
 * end or it looks like one. Without brackets it is an address when it looks like one. All else is the name.
 */
export function userOf(user: string): { readonly name: string; readonly email: string } {
  const text = user.trim();
  const close = text.lastIndexOf('>');
  const open = text.lastIndexOf('<', close);
  const after = text.slice(close + 1).trim();
  const address = text.slice(open + 1, close).trim();
  if (open >= 0 && close > open && (after === '' || address.includes('@'))) {
    const name = unquoted(text.slice(0, open).trim());
    return { name: after === '' ? name : `${name} ${after}`.trim(), email: address };
  }
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text) ? { name: '', email: text } : { name: unquoted(text), email: '' };
}

const unquoted = (name: string): string => /^"(.*)"$/s.exec(name)?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? name;

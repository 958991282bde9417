/**
 * A changeset's user, `Name <address>`, in its parts; what stands in the last brackets is the address. Without brackets
 * it is an address when it looks like one, else a name.
 */
export function userOf(user: string): { readonly name: string; readonly email: string } {
  const text = user.trim();
  const close = text.lastIndexOf('>');
  const open = text.lastIndexOf('<', close);
  if (open >= 0 && close > open) {
    return { name: unquoted(text.slice(0, open).trim()), email: text.slice(open + 1, close).trim() };
  }
  return /^[^\s@]+@[^\s@]+$/.test(text) ? { name: '', email: text } : { name: unquoted(text), email: '' };
}

const unquoted = (name: string): string => /^"(.*)"$/s.exec(name)?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? name;

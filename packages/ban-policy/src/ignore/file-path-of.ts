/** The path of a `file:` entry of an ignore list (`file:/path`, `file:///path`); undefined for another entry. */
export function filePathOf(entry: string): string | undefined {
  if (!entry.startsWith('file:')) return undefined;
  return entry.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
}

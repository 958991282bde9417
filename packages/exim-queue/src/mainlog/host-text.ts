import type { QueueHost } from '../queue-entry.ts';

/** `name (helo) [address]:port`, each part but the address optional. */
const hostForm = /^([^ ([]*)(?: ?\((.*?)\))? ?\[([0-9A-Fa-f.:]+)\](?::(\d{1,5}))?(?=[ :*]|$)/u;
/** Longer ones than Exim writes are no hosts. */
const maxChars = 1024;

/** The host that begins at `from`, behind `H=`. A HELO that is no name is taken to end at the first address. */
export function hostText(text: string, from: number): { host: QueueHost; end: number } | undefined {
  const found = hostForm.exec(text.slice(from, from + maxChars));
  if (found === null) return undefined;
  const [whole, name, helo, address = '', port] = found;
  const host = {
    address,
    ...(port !== undefined && { port: Number(port) }),
    ...(name !== '' && { name }),
    ...(helo !== undefined && { helo }),
  };
  return { host, end: from + whole.length };
}

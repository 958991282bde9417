const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(bracketed(host));

/**
 * Whether a request's `Host` is one that this server answers to. A page of a stranger may point its own name at 127.0.0.1
 * and read what is served there (DNS rebinding); its name then stands in `Host`.
 *
 * On loopback these are the names of loopback, the address that is listened on, and `allowedHosts`. Elsewhere they are all,
 * or, when `allowedHosts` are given, these and the address that is listened on.
 */
export function hostCheck(host: string, allowedHosts: readonly string[]): (hostHeader: string | undefined) => boolean {
  const own = bracketed(host.toLowerCase());
  const isOpen = !isLoopback(own) && allowedHosts.length === 0;
  const allowed = new Set([own, ...allowedHosts.map((name) => name.toLowerCase())]);
  if (isLoopback(own)) for (const name of loopbackNames) allowed.add(name);
  return (hostHeader = '') => {
    const [, name] = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(hostHeader) ?? [];
    return name !== undefined && (isOpen || allowed.has(name.toLowerCase()));
  };
}

/** The second `[…]` apart, a line of Apache's access log. */
export function apacheTime(timeMs: number): string {
  const text = new Date(timeMs).toString();
  const [, month, day, year, time] = /^\w+ (\w+) (\d+) (\d+) (\S+)/.exec(text) ?? [];
  return `${day}/${month}/${year}:${time} ${/GMT([+-]\d{4})/.exec(text)?.[1]}`;
}

/** A line that the filter `bot` takes for a failure. */
export const hit = (address: string, timeMs: number = Date.now()): string =>
  `${address} - - [${apacheTime(timeMs)}] "GET / HTTP/1.1" 200 2 "-" "perl post"\n`;

/** A line that it does not. */
export const visit = (address: string): string =>
  `${address} - - [${apacheTime(Date.now())}] "GET / HTTP/1.1" 200 2 "-" "Mozilla/5.0"\n`;

export const botFilter = '[Definition]\nfailregex = <HOST>\\s-\\s-\\s.*perl post\nignoreregex =\n';

/** A jail with the filter `bot`. */
export const botJail = (name: string, more: string = ''): string =>
  `[${name}]\nenabled = true\nfilter = bot\nlogpath = /var/log/apache*/*access.log\nmaxretry = 1\n${more}`;

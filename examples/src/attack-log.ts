/** A web server's access log with an attack in it, made line by line and the same on every run. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'curl/7.88.1',
];
const paths = ['/', '/news/release-notes.html', '/css/site.css', '/forum/topic.php?id=81', '/images/logo.png', '/feed'];

const pad = (n: number): string => String(n).padStart(2, '0');

function apacheTime(timeMs: number): string {
  const t = new Date(timeMs);
  const date = `${pad(t.getUTCDate())}/${months[t.getUTCMonth()]}/${t.getUTCFullYear()}`;
  return `${date}:${pad(t.getUTCHours())}:${pad(t.getUTCMinutes())}:${pad(t.getUTCSeconds())} +0000`;
}

/** A request of the attack that the six rules of `apache-e107ddos` were written against, in Apache's combined format. */
export const attackLine = (address: string, timeMs: number): string =>
  `${address} - - [${apacheTime(timeMs)}] "GET /e107_plugins/contact.php?id=1 HTTP/1.1" 404 512 "-" "MaMa CaSpEr"\n`;

/** The n-th ordinary request, from one of some thousand documentation addresses. */
export function ordinaryLine(n: number, timeMs: number): string {
  const address = n % 11 === 0 ? `2001:db8::${(n % 4096).toString(16)}` : `198.51.${100 + (n % 7)}.${1 + (n % 250)}`;
  const path = paths[n % paths.length];
  return `${address} - - [${apacheTime(timeMs)}] "GET ${path} HTTP/1.1" 200 ${1000 + (n % 9000)} "-" "${agents[n % agents.length]}"\n`;
}

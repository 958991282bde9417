// A web server that logs as Apache does: node http-server.mjs ADDRESS PORT LOGFILE
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , address, port, logFile] = process.argv;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const pad = (n) => String(n).padStart(2, '0');
const clf = (t) =>
  `${pad(t.getUTCDate())}/${months[t.getUTCMonth()]}/${t.getUTCFullYear()}:` +
  `${pad(t.getUTCHours())}:${pad(t.getUTCMinutes())}:${pad(t.getUTCSeconds())} +0000`;

createServer((request, response) => {
  const agent = request.headers['user-agent'] ?? '-';
  const line = `${request.socket.remoteAddress} - - [${clf(new Date())}] "${request.method} ${request.url} HTTP/1.1" 200 2 "-" "${agent}"`;
  appendFileSync(logFile, `${line}\n`);
  response.setHeader('connection', 'close');
  response.end('ok');
}).listen(Number(port), address, () => console.log('listening'));

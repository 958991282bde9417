// One HTTP request with a time limit: node client.mjs LOCAL_ADDRESS URL [USER_AGENT]; prints the status, or what went wrong.
import { get } from 'node:http';

const [, , localAddress, url, agent = 'test'] = process.argv;
const timeoutMs = 500;
const request = get(url, { localAddress, timeout: timeoutMs, headers: { 'user-agent': agent } }, (response) => {
  response.resume();
  response.on('end', () => console.log(response.statusCode));
});
request.on('timeout', () => request.destroy(Object.assign(new Error('no answer'), { code: 'TIMEOUT' })));
request.on('error', (error) => console.log(error.code));

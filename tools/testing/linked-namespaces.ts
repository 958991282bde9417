import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { NetworkNamespace } from './network-namespace.ts';

const serverScript = `require('net').createServer((socket) => socket.end('served')).listen(8080, '::', () => console.log('listening'))`;
const clientScript = `
const [host, localAddress] = process.argv.slice(1);
const socket = require('net').connect({ host, port: 8080, localAddress });
const tell = (what) => { console.log(what); process.exit(); };
socket.on('data', String).on('data', (data) => tell(String(data))).on('error', (error) => tell(error.code));
setTimeout(tell, 500, 'silence');`;

/**
 * A server and a client in namespaces of their own, joined by a cable. The client has the addresses 10.77.0.1,
 * 10.77.0.5, 2001:db8:77::1, 2001:db8:78::5 and 2001:db8:78::6; the server 10.77.0.2 and 2001:db8:77::2.
 */
export class LinkedNamespaces {
  readonly server: NetworkNamespace;
  readonly #client: NetworkNamespace;
  readonly #listener: ChildProcess;

  private constructor(server: NetworkNamespace, client: NetworkNamespace, listener: ChildProcess) {
    this.server = server;
    this.#client = client;
    this.#listener = listener;
  }

  static async open(): Promise<LinkedNamespaces> {
    const server = await NetworkNamespace.open();
    const client = await NetworkNamespace.open(server);
    server.run('ip', 'link', 'add', 's0', 'type', 'veth', 'peer', 'name', 'c0', 'netns', String(client.pid));
    const address = (of: NetworkNamespace, link: string, text: string): void => {
      of.run('ip', 'address', 'add', text, 'dev', link, ...(text.includes(':') ? ['nodad'] : []));
    };
    for (const text of ['10.77.0.2/24', '2001:db8:77::2/64']) address(server, 's0', text);
    for (const text of ['10.77.0.1/24', '10.77.0.5/24', '2001:db8:77::1/64', '2001:db8:78::5/64', '2001:db8:78::6/64'])
      address(client, 'c0', text);
    server.run('ip', 'link', 'set', 's0', 'up');
    client.run('ip', 'link', 'set', 'c0', 'up');
    server.run('ip', 'route', 'add', '2001:db8:78::/64', 'dev', 's0');
    const [program = '', ...args] = server.command(process.execPath, '-e', serverScript);
    const listener = spawn(program, args, { env: process.env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(listener.stdout, 'data');
    return new LinkedNamespaces(server, client, listener);
  }

  /** What a client with this address gets: `served`, an error code, or `silence` after half a second. */
  request(from: string): string {
    const to = from.includes(':') ? '2001:db8:77::2' : '10.77.0.2';
    return this.#client.run(process.execPath, '-e', clientScript, to, from).trim();
  }

  async close(): Promise<void> {
    const exited = once(this.#listener, 'exit');
    this.#listener.kill('SIGKILL');
    await exited;
    await this.#client.close();
    await this.server.close();
  }
}

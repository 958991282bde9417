import type { LinkedClient } from './linked/client.ts';
import { HeldFlow } from './linked/held-flow.ts';
import type { LinkedServer } from './linked/server.ts';
import { type NamespaceOwner, NetworkNamespace } from './network-namespace.ts';
import { RemoteProcess } from './remote-process.ts';

const clientScript = `
const [host, localAddress] = process.argv.slice(1);
const socket = require('net').connect({ host, port: 8080, localAddress });
const tell = (what) => { console.log(what); process.exit(); };
socket.end('GET / HTTP/1.0\\r\\n\\r\\n');
socket.on('data', (data) => tell(String(data).split('\\r\\n').at(-1))).on('error', (error) => tell(error.code));
setTimeout(tell, 500, 'silence');`;

const clientAddresses = [
  '10.77.0.1/24',
  '10.77.0.5/24',
  '2001:db8:77::1/64 nodad',
  '2001:db8:77::5/64 nodad',
  '2001:db8:78::5/64 nodad',
  '2001:db8:78::6/64 nodad',
];

function inNamespace(of: NetworkNamespace, lines: readonly string[]): void {
  of.run('sh', '-c', lines.map((line) => `ip ${line}`).join(' && '));
}

/** Lays the cable and gives both ends their addresses. */
function join(server: NetworkNamespace, client: NetworkNamespace): void {
  inNamespace(server, [
    `link add s0 type veth peer name c0 netns ${client.pid}`,
    'address add 10.77.0.2/24 dev s0',
    'address add 2001:db8:77::2/64 dev s0 nodad',
    'link set s0 up',
  ]);
  inNamespace(client, [...clientAddresses.map((text) => `address add ${text} dev c0`), 'link set c0 up']);
  inNamespace(server, ['route add 2001:db8:78::/64 dev s0']);
}

const serverModule = new URL('./linked/server.ts', import.meta.url);
const clientModule = new URL('./linked/client.ts', import.meta.url);

const serverOf = (from: string): string => (from.includes(':') ? '2001:db8:77::2' : '10.77.0.2');

/**
 * A server and a client in namespaces of their own, joined by a cable: `s0` at the server, `c0` at the client.
 *
 * The client has the addresses 10.77.0.1, 10.77.0.5, 2001:db8:77::1, 2001:db8:77::5, 2001:db8:78::5 and 2001:db8:78::6;
 * the server has 10.77.0.2 and 2001:db8:77::2, web servers on the ports 8080 and 8081, and an echo on 7777.
 */
export class LinkedNamespaces {
  readonly server: NetworkNamespace;
  readonly client: NetworkNamespace;
  readonly #serving: RemoteProcess<LinkedServer>;
  #asking: Promise<RemoteProcess<LinkedClient>> | undefined;

  private constructor(server: NetworkNamespace, client: NetworkNamespace, serving: RemoteProcess<LinkedServer>) {
    this.server = server;
    this.client = client;
    this.#serving = serving;
  }

  static async open(owner?: NamespaceOwner): Promise<LinkedNamespaces> {
    const server = await NetworkNamespace.open(undefined, owner);
    const client = await NetworkNamespace.open(server);
    try {
      join(server, client);
      return new LinkedNamespaces(server, client, await RemoteProcess.start(serverModule, server.command()));
    } catch (error) {
      await client.close();
      await server.close();
      throw error;
    }
  }

  /** What a client with this address gets: `served`, an error code, or `silence` after half a second. */
  request(from: string): string {
    return this.client.run(process.execPath, '-e', clientScript, serverOf(from), from).trim();
  }

  /**
   * As `request`, without a process of its own. `silence` comes after `limitMs`, by default five seconds: pass less where
   * silence is expected.
   */
  async ask(from: string, { port = 8080, limitMs = 5000 } = {}): Promise<string> {
    const client = await this.#client();
    return client.call('ask', { from, to: serverOf(from) }, port, limitMs);
  }

  /** A connection that goes on. */
  async hold(from: string): Promise<HeldFlow> {
    const client = await this.#client();
    return new HeldFlow(client, this.#serving, await client.call('hold', { from, to: serverOf(from) }));
  }

  async close(): Promise<void> {
    await (await this.#asking)?.kill();
    await this.#serving.kill();
    await this.client.close();
    await this.server.close();
  }

  #client(): Promise<RemoteProcess<LinkedClient>> {
    this.#asking ??= RemoteProcess.start(clientModule, this.client.command());
    return this.#asking;
  }
}

import { readdirSync, readlinkSync } from 'node:fs';
import { koffiSockets } from '../socket/koffi-sockets.ts';
import type { NetlinkListener, NetlinkSocket } from '../socket/netlink-socket.ts';
import { dropCapabilities } from './drop-capabilities.ts';
import type { RemoteAnswer, RemoteRequest } from './remote-message.ts';

const sockets = koffiSockets(JSON.parse(process.argv[2] ?? '{}'));
const open = new Map<number, NetlinkSocket>();
const listening = new Map<number, NetlinkListener>();

function of<T>(map: ReadonlyMap<number, T>, id: number): T {
  const socket = map.get(id);
  if (socket === undefined) throw new Error(`no socket ${id}`);
  return socket;
}

const netlinkDescriptors = (): number =>
  readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;

async function answer(request: RemoteRequest): Promise<unknown> {
  switch (request.kind) {
    case 'open': {
      const socket = await sockets.open(request.protocol);
      open.set(request.id, socket);
      return { portId: socket.portId, maxRequestBytes: socket.maxRequestBytes };
    }
    case 'listen':
      listening.set(request.id, await sockets.listen(request.protocol, request.groupMask));
      return undefined;
    case 'exchange':
      return of(open, request.socket).exchange(request.request, { until: request.until, isQuick: request.isQuick });
    case 'receive':
      return of(listening, request.socket).receive();
    case 'close':
      await (open.get(request.socket) ?? listening.get(request.socket))?.close();
      open.delete(request.socket);
      listening.delete(request.socket);
      return undefined;
    case 'drop-capabilities':
      return dropCapabilities();
    case 'descriptors':
      return netlinkDescriptors();
  }
}

process.on('message', (request: RemoteRequest) => {
  const send = (rest: Omit<RemoteAnswer, 'id'>): void => {
    process.send?.({ id: request.id, ...rest });
  };
  answer(request).then(
    (result) => send({ result }),
    (error) => send({ error: { code: String(error.code), message: String(error.message), errno: error.errno } }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { answerCalls } from '../answer-calls.ts';

const flows = new Set<Socket>();

const echo = createServer((socket) => {
  flows.add(socket);
  socket.on('close', () => flows.delete(socket)).on('error', () => {});
  socket.pipe(socket);
});

const http = (): Server => createHttpServer((_, response) => response.end('served'));

const answers = {
  /** Whose connections to the echo this machine still holds: `10.77.0.1 40000`. */
  flows: () =>
    [...flows].map(({ remoteAddress, remotePort }) => `${remoteAddress?.replace('::ffff:', '')} ${remotePort}`),
};

export type LinkedServer = typeof answers;

const listening: readonly (readonly [Server, number])[] = [
  [http(), 8080],
  [http(), 8081],
  [echo, 7777],
];
await Promise.all(
  listening.map(([server, port]) => new Promise<void>((resolve) => server.listen(port, '::', () => resolve()))),
);
answerCalls(answers);

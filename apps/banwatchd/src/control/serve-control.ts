import { once } from 'node:events';
import { renameSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ComponentError } from '@sluice/pipeline';
import { claimSocket } from './claim-socket.ts';
import { Connection } from './connection.ts';
import { ControlFault } from './control-fault.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Json } from './json.ts';
import { Lanes } from './lanes.ts';
import type { Answer, AnswerError } from './message.ts';
import { BadRequest, readRequest } from './read-request.ts';
import { runCommand } from './run-command.ts';

/** Options of {@link serveControl}. */
export interface ServeControlOptions {
  /** Path of the UNIX socket. Its folder is made when it is missing. */
  readonly socketPath: string;
  /** Longest request. Default 65,536. */
  readonly maxLineBytes?: number;
  /** Connections at once; one more is refused. Default 64. */
  readonly maxConnections?: number;
  /** How long a peer may take to read an answer before it is dropped. Default 10,000. */
  readonly readTimeoutMs?: number;
  /** Closes the socket when aborted. */
  readonly signal?: AbortSignal;
}

/** A control socket that is open. */
export interface ControlServer {
  readonly socketPath: string;
  /** Lets requests under way be answered, for at most five seconds, and removes the socket. */
  close(): Promise<void>;
}

const maxWaiting = 100;
/** Of a command that failed, and of what it came to, in the log. */
const maxLoggedChars = 500;
const lastAnswersMs = 5000;

/**
 * Serves the control verbs on a UNIX socket: JSON, one object a line. Who may open the socket, which has mode 0600, may do
 * all: there is no other check.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_RUNNING`, `ERR_BANWATCHD_SOCKET`
 */
export async function serveControl(plane: ControlPlane, options: ServeControlOptions): Promise<ControlServer> {
  const { socketPath, signal, maxLineBytes = 65_536, maxConnections = 64, readTimeoutMs = 10_000 } = options;
  await claimSocket(socketPath);
  const connections = new Map<Socket, Connection>();
  const answer = answering(plane);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = new Connection(socket, answer, { maxLineBytes, maxWaiting, readTimeoutMs });
    connections.set(socket, connection);
    socket.once('close', () => connections.delete(socket));
  });
  server.maxConnections = maxConnections;
  await listen(server, socketPath);
  const { ino } = statSync(socketPath);

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    removeIf(socketPath, ino);
    for (const connection of connections.values()) connection.end();
    await Promise.race([closed, sleep(lastAnswersMs, undefined, { ref: false })]);
    for (const socket of connections.keys()) socket.destroy();
    await closed;
  };
  let closing: Promise<void> | undefined;
  const closeOnce = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  signal?.addEventListener('abort', () => void closeOnce(), { once: true });
  return { socketPath, close: closeOnce };
}

/**
 * Binds the socket so that nobody else can open it, not even for a moment. It is made under another name and then moved:
 * Node.js removes the name that it has bound when the server closes, and that one may be another daemon's by then.
 */
async function listen(server: Server, socketPath: string): Promise<void> {
  // Never without its folder: Node.js would take a name that is a number for a port.
  const made = `${path.dirname(socketPath)}/.${process.pid}`;
  const before = process.umask(0o177);
  const listening = once(server, 'listening');
  try {
    rmSync(made, { force: true });
    server.listen(made);
  } finally {
    process.umask(before);
  }
  await listening;
  renameSync(made, socketPath);
}

/** Another daemon may have taken the path meanwhile. */
function removeIf(file: string, ino: number): void {
  if (statSync(file, { throwIfNoEntry: false })?.ino === ino) unlinkSync(file);
}

/** Answers one line, whatever is in it. */
function answering(plane: ControlPlane): (line: string) => Promise<Answer> {
  const lanes = new Lanes();
  const log = plane.log.log('fail2ban.transmitter');
  return async (line) => {
    let id: Json = null;
    let words = '';
    try {
      const request = readRequest(line);
      id = request.id;
      words = request.command.join(' ').slice(0, maxLoggedChars);
      const notes: string[] = [];
      const context = { plane, note: (text: string) => void notes.push(text) };
      const value = await lanes.run(request.command, () => runCommand(context, request.command));
      return { id, ok: true, value, ...(notes.length > 0 && { notes }) };
    } catch (error) {
      const fault = errorOf(error);
      log.error(
        `Command ${JSON.stringify(words)} has failed. Received ${fault.code}: ${fault.message.slice(0, maxLoggedChars)}`,
      );
      return { id: error instanceof BadRequest ? error.id : id, ok: false, error: fault };
    }
  };
}

function errorOf(error: unknown): AnswerError {
  if (error instanceof ControlFault) return { code: error.code, message: error.message, args: error.args };
  if (error instanceof ComponentError) return { code: error.code, message: error.message };
  return { code: 'ERR_BANWATCHD_INTERNAL', message: String((error as Error)?.message ?? error) };
}

import { connect, type Socket } from 'node:net';
import { answerCalls } from '../answer-calls.ts';

/** Who asks whom. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** What has become of a connection. */
export interface FlowState {
  /** Lines written, one every 20 ms. */
  readonly sent: number;
  /** Number of the last line that came back. */
  readonly echoed: number;
  /** How it ended: an error's code. */
  readonly end?: string;
}

interface Flow {
  readonly socket: Socket;
  timer: NodeJS.Timeout;
  readonly write: () => void;
  state: FlowState;
}

const intervalMs = 20;

const codeOf = (error: NodeJS.ErrnoException): string => String(error.code);

const flows = new Map<string, Flow>();

function ask({ from, to }: Ends, port: number, limitMs: number): Promise<string> {
  const socket = connect({ host: to, port, localAddress: from });
  return new Promise<string>((resolve) => {
    const timer = setTimeout(resolve, limitMs, 'silence');
    socket.on('error', (error) => resolve(codeOf(error)));
    socket.on('data', (data) => resolve(String(data).startsWith('HTTP/1.1 200') ? 'served' : String(data)));
    socket.on('close', () => clearTimeout(timer));
    socket.end('GET / HTTP/1.0\r\n\r\n');
  }).finally(() => socket.destroy());
}

/** Opens a connection to the echo, and once it has answered gives its name: `10.77.0.1 40000`. */
function hold({ from, to }: Ends): Promise<string> {
  const socket = connect({ host: to, port: 7777, localAddress: from });
  socket.setNoDelay();
  return new Promise((resolve, reject) => {
    const end = (how: string): void => {
      flow.state = { end: how, ...flow.state };
      clearInterval(flow.timer);
      reject(new Error(how));
    };
    const write = (): void => {
      flow.state = { ...flow.state, sent: flow.state.sent + 1 };
      // A reset is told once: to the write, when that comes before the next read.
      socket.write(`${flow.state.sent}\n`, (error) => {
        if (error) end(codeOf(error));
      });
    };
    const flow: Flow = { socket, write, timer: setInterval(write, intervalMs), state: { sent: 0, echoed: 0 } };
    socket.on('data', (data) => {
      const echoed = Number(String(data).trim().split('\n').at(-1));
      flow.state = { ...flow.state, echoed };
      const name = `${from} ${socket.localPort}`;
      flows.set(name, flow);
      resolve(name);
    });
    // The echo never ends a connection. libuv tells a reset as an end when it comes with data that is still to be read.
    socket.on('error', (error) => end(codeOf(error))).on('end', () => end('ECONNRESET'));
  });
}

/** Stops writing until `resume`. */
function rest(name: string): void {
  clearInterval(flows.get(name)?.timer);
}

function resume(name: string): void {
  const flow = flows.get(name);
  if (flow === undefined || flow.state.end !== undefined) return;
  clearInterval(flow.timer);
  flow.timer = setInterval(flow.write, intervalMs);
}

function release(name: string): void {
  flows.get(name)?.socket.destroy();
  flows.delete(name);
}

const answers = {
  ask,
  hold,
  rest,
  resume,
  release,
  flow: (name: string): FlowState | undefined => flows.get(name)?.state,
};

export type LinkedClient = typeof answers;

answerCalls(answers);

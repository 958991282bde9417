import { setTimeout as sleep } from 'node:timers/promises';
import { Serial } from '@sluice/pipeline';
import { runChild } from '@sluice/pipeline/node';
import { type DatagramSender, isBusy, openDatagramSender } from './datagram-sender.ts';
import { type ServiceState, stateText } from './state-text.ts';

/** Tells the service manager. */
export interface Notifier {
  /** In the order of the calls. Resolves to why it could not be told; undefined when it was. Never rejects. */
  notify(state: ServiceState): Promise<string | undefined>;
  close(): Promise<void>;
}

const busyPauseMs = 50;
const maxTries = 40;

/** A service manager that is busy has no room in its queue for a moment; to wait there would stop the whole daemon. */
async function sendPatiently(sender: DatagramSender, text: string): Promise<string | undefined> {
  let errno = sender.send(text);
  for (let tries = 1; isBusy(errno) && tries < maxTries; tries += 1) {
    await sleep(busyPauseMs);
    errno = sender.send(text);
  }
  return errno === 0 ? undefined : `the service manager's socket refused it (errno ${errno})`;
}

/** By the program that comes with systemd, which takes a process each time. */
async function sendByProgram(program: string, address: string, text: string): Promise<string | undefined> {
  const args = [`--pid=${process.pid}`, ...text.split('\n')];
  try {
    await runChild({ program, args, env: { NOTIFY_SOCKET: address } });
    return undefined;
  } catch (error) {
    return `${program} could not tell it: ${(error as Error).message}; install koffi or systemd`;
  }
}

/**
 * Opens the way to the service manager: by libc's socket, and where koffi is missing by `systemd-notify`.
 *
 * @param address of its socket, see `NotifyTarget`
 * @param options.open opens the socket. Default libc's
 * @param options.program in place of `systemd-notify`
 */
export async function openNotifier(
  address: string,
  options: { readonly open?: typeof openDatagramSender; readonly program?: string } = {},
): Promise<Notifier> {
  const { open = openDatagramSender, program = 'systemd-notify' } = options;
  const sender = await open(address);
  const serial = new Serial();
  return {
    notify: (state) =>
      serial.run(() => {
        const text = stateText(state);
        return sender === undefined ? sendByProgram(program, address, text) : sendPatiently(sender, text);
      }),
    close: () => serial.run(async () => sender?.close()),
  };
}

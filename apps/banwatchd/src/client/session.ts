import { accessSync, constants } from 'node:fs';
import { pythonRepr } from '@sluice/fail2ban-config';
import type { Json } from '../control/json.ts';
import type { Answer, AnswerError } from '../control/message.ts';
import type { Logger } from '../log/fail2ban-log.ts';
import type { ClientIo } from './client-io.ts';
import { ControlClient, NoAnswer } from './control-client.ts';
import type { ClientArguments } from './read-arguments.ts';
import { answerText } from './text/answer-text.ts';

/** fail2ban-client's exit statuses. */
export const clientStatus = { done: 0, failed: 255 } as const;

/** What the parts of the client share. */
export interface Session {
  readonly args: ClientArguments;
  readonly io: ClientIo;
  readonly log: Logger;
}

/** Sends one command. @throws NoAnswer */
export async function ask({ args }: Session, command: readonly string[], timeoutMs?: number): Promise<Answer> {
  const client = await ControlClient.open(args.socket);
  try {
    return await client.send(command, timeoutMs);
  } finally {
    client.close();
  }
}

/** Whether a daemon answers. */
export async function isRunning(session: Session, timeoutMs: number): Promise<boolean> {
  try {
    return (await ask(session, ['ping'], timeoutMs)).ok;
  } catch {
    return false;
  }
}

/** Sends one command, and prints what came. @returns whether it was done */
export async function execute(session: Session, command: readonly string[], timeoutMs?: number): Promise<boolean> {
  try {
    return printAnswer(session, command, await ask(session, command, timeoutMs));
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return failed(session, error);
  }
}

/** Says why no answer came. */
export function failed({ args, log }: Session, error: NoAnswer): false {
  log.error(reasonOf(error, args.socket));
  return false;
}

/** Prints an answer: text, or with `--json` the value in one line. @returns whether the command was done */
export function printAnswer(session: Session, command: readonly string[], answer: Answer): boolean {
  if (!answer.ok) {
    printError(session, answer.error);
    return false;
  }
  for (const note of answer.notes ?? []) session.log.warning(note);
  printValue(session, command, answer.value);
  return true;
}

export function printValue({ args, io }: Session, command: readonly string[], value: Json): void {
  io.stdout(`${args.isJson ? JSON.stringify(value) : answerText(command, value, isUnicode(io))}\n`);
}

function printError({ args, io, log }: Session, error: AnswerError): void {
  const particulars = error.args ?? [error.message];
  log.error(`NOK: (${particulars.map(pythonRepr).join(', ')}${particulars.length === 1 ? ',' : ''})`);
  io.stdout(`${args.isJson ? JSON.stringify({ error }) : error.message}\n`);
}

const isUnicode = ({ env }: ClientIo): boolean =>
  /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C.UTF-8');

function reasonOf({ code, message }: NoAnswer, socket: string): string {
  const may = (mode: number): boolean => {
    try {
      accessSync(socket, mode);
      return true;
    } catch {
      return false;
    }
  };
  if (code === 'ETIMEDOUT' || code === 'EPROTO') return message;
  if (code === 'EACCES' || (may(constants.F_OK) && !may(constants.W_OK)))
    return `Permission denied to socket: ${socket}, (you must be root)`;
  if (code === 'ENOENT') return `Failed to access socket path: ${socket}. Is banwatchd running?`;
  return `[${message}] Unable to contact server. Is it running?`;
}

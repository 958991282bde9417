import type { QueueHost } from '../queue-entry.ts';
import type { Dice } from './dice.ts';
import type { ExampleMessage } from './example-message.ts';
import { mailDate } from './mail-date.ts';
import { MailParts } from './mail-parts.ts';

const spanMs = 4 * 86_400_000;
const senderDomains = 400;
const receiverDomains = 900;
const users = 5000;
const names = 'ana ben cleo dana emil fay gus hana ivo jo kai lea max nora otto pia quin rosa sven tess'.split(' ');
const kinds = ['shop', 'mail', 'news', 'uni', 'bank', 'club', 'city', 'app'];
const ends = ['example', 'example.com', 'example.net', 'example.org', 'test'];

/** Shares of all messages. */
const bounceShare = 0.2;
const frozenBounceShare = 0.6;
const frozenMailShare = 0.0375;
/** Shares of those that are neither. */
const newShare = 0.06;
const partlyShare = 0.3;
const journalShare = 0.01;
const remoteShare = 0.7;
const authShare = 0.35;

/** How many recipients, and how often so many: 2.0 on average, of bounces 1, of all 1.8. */
const recipientCounts = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6];

/** What attempts come to. */
const reasons = [
  "T=remote_smtp defer (-53): retry time not reached for any host for 'DOMAIN'",
  'T=remote_smtp H=mx.DOMAIN [192.0.2.25] defer (110): Connection timed out',
  'T=remote_smtp H=mx.DOMAIN [192.0.2.25] defer (-44): SMTP error from remote mail server after RCPT TO: 450 4.2.1 busy',
  'T=remote_smtp H=mx.DOMAIN [192.0.2.25] defer (111): Connection refused',
  'defer (-1): host lookup did not complete',
];

const domains = (count: number, first: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return `${kinds[number % kinds.length]}${number}.${ends[(number >> 3) % ends.length]}`;
  });

const logTime = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** Draws messages of a busy relay's queue. */
export class QueueMaker {
  readonly #dice: Dice;
  readonly #parts: MailParts;
  readonly #nowMs: number;
  readonly #senders = domains(senderDomains, 1);
  readonly #receivers = domains(receiverDomains, senderDomains + 1);

  constructor(dice: Dice, nowMs: number) {
    this.#dice = dice;
    this.#parts = new MailParts(dice);
    this.#nowMs = nowMs;
  }

  /**
   * @param place how much of the queue is older, from 0 to 1
   * @param step what the next message adds to that
   */
  message(place: number, step: number): ExampleMessage {
    const dice = this.#dice;
    const receivedMs = Math.floor((this.#nowMs - spanMs * (1 - place - step * dice.share())) * 1000) / 1000;
    const isBounce = dice.chance(bounceShare);
    const sender = isBounce ? '' : this.#address(this.#senders, 3);
    const count = isBounce ? 1 : dice.pick(recipientCounts);
    const recipients = Array.from({ length: count }, () => this.#address(this.#receivers, 2));
    const isFrozen = dice.chance(isBounce ? frozenBounceShare : frozenMailShare);
    const isTried = isFrozen || !dice.chance(newShare);
    const triedMs = receivedMs + (this.#nowMs - receivedMs) * dice.share();
    const split = count > 1 && isTried && dice.chance(partlyShare) ? 1 + dice.below(count - 1) : 0;
    const isRemote = !isBounce && dice.chance(remoteShare);
    const host = isRemote ? this.#host(sender) : undefined;
    return {
      receivedMs,
      sender,
      recipients,
      ...(isRemote && { protocol: 'esmtps', host: host as QueueHost }),
      ...(isRemote && dice.chance(authShare) && { protocol: 'esmtpsa', authId: sender }),
      ...(split > 0 && { delivered: recipients.slice(0, split) }),
      ...(isTried && { log: this.#log(receivedMs, triedMs, sender, recipients.slice(split), isFrozen) }),
      ...(isTried && !isFrozen && dice.chance(journalShare) && { journal: recipients.slice(split, split + 1) }),
      ...(isFrozen && { frozenMs: triedMs }),
      ...(isBounce && { isLocalBounce: true }),
      login: 'Debian-exim',
      uid: 103,
      gid: 106,
      warnings: this.#nowMs - receivedMs > spanMs / 4 && !isBounce ? 1 : 0,
      headers: this.#headers(receivedMs, sender, recipients, host),
      body: this.#parts.body(),
    };
  }

  #address(list: readonly string[], skew: number): string {
    const user = this.#dice.below(users);
    return `${names[user % names.length]}.${user}@${this.#dice.pick(list, skew)}`;
  }

  #host(sender: string): QueueHost {
    const name = `out${this.#dice.below(4)}.${domainOf(sender)}`;
    const address = `198.51.${100 + this.#dice.below(2)}.${this.#dice.below(256)}`;
    return { address, port: 1024 + this.#dice.below(60_000), name, helo: name };
  }

  #headers(timeMs: number, sender: string, recipients: readonly string[], host: QueueHost | undefined): string[] {
    const parts = this.#parts;
    const from = sender === '' ? 'Mail Delivery System <Mailer-Daemon@queue.example>' : `<${sender}>`;
    const domain = sender === '' ? 'queue.example' : domainOf(sender);
    const signature = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=mail;\n\th=from:to:subject:date:message-id;\n\tbh=${parts.noise(43)}=;\n\tb=${parts.noise(70)}\n\t ${parts.noise(70)}`;
    const relay = `Received: from [192.168.7.${this.#dice.below(256)}] by ${domain} with ESMTPS id ${parts.noise(9)}\n\tfor <${recipients[0]}>; ${mailDate(timeMs - 2000)}`;
    return [
      ...(host === undefined ? [] : [relay]),
      ...(this.#dice.chance(0.6) ? [signature] : []),
      `From: ${from}`,
      `To: ${recipients.join(',\n ')}`,
      `Subject: ${sender === '' ? 'Mail delivery failed: returning message to sender' : parts.words(5)}`,
      `Date: ${mailDate(timeMs - 3000)}`,
      `Message-ID: <${parts.noise(24).replace(/[+/]/g, '.')}@${domain}>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
    ];
  }

  #log(
    receivedMs: number,
    triedMs: number,
    sender: string,
    pending: readonly string[],
    isFrozen: boolean,
  ): readonly string[] {
    const reason = isFrozen ? 'defer (0): unrouteable address' : this.#dice.pick(reasons);
    return [
      `${logTime(receivedMs)} Received from ${sender === '' ? '<>' : sender} P=esmtps S=${this.#dice.below(9000)}`,
      ...pending.map(
        (address) => `${logTime(triedMs)} ${address} R=dnslookup ${reason.replace('DOMAIN', domainOf(address))}`,
      ),
      ...(isFrozen ? ['*** Frozen (delivery error message)'] : []),
    ];
  }
}

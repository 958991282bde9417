import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Dice } from './dice.mjs';
import { months } from './log-clock.mjs';

const dayMs = 86_400_000;
const startMs = Date.UTC(2012, 0, 1);
const endMs = Date.UTC(2025, 0, 1);
const persons = 400;
const zones = ['+0000', '+0100', '+0200', '-0500', '-0800', '+0530'];
const zoneMinutes = [0, 60, 120, -300, -480, 330];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const firstNames = 'Ana Ben Cleo Dana Emil Fay Gus Hana Ivo Jo Kai Lea Max Nora Otto Pia Quin Rosa Sven Tess'.split(
  ' ',
);
const lastNames = 'Abel Bauer Costa Dubois Evans Fischer Garcia Hansen Ito Jansen Kovacs Lopez Meyer Novak Olsen'.split(
  ' ',
);
const domains = ['example.org', 'example.com', 'mail.example.net', 'example.edu'];
const words =
  'report meeting budget draft review server backup invoice project schedule release update question answer notes plan team customer contract offer'.split(
    ' ',
  );
const accented = ['Über', 'naïve', 'façade', 'Größe', 'señor', 'Žluťoučký', '日程', 'итоги'];
const badDates = ['garbage', 'Thu, 32 Foo 2010 99:99:99', '', '0'];
/** One text of base64 lines, from which attachments are cut. */
const base64Bytes = 262_144;

/** @param {number} number */
const two = (number) => String(number).padStart(2, '0');

/**
 * A date as RFC 5322 writes it, on the clock of a zone.
 *
 * @param {number} timeMs
 * @param {number} zone index
 * @param {boolean} isShort two-digit year and a comment
 */
function dateText(timeMs, zone, isShort = false) {
  const local = new Date(timeMs + /** @type {number} */ (zoneMinutes[zone]) * 60_000);
  const year = isShort ? two(local.getUTCFullYear() % 100) : local.getUTCFullYear();
  const day = `${weekdays[local.getUTCDay()]}, ${two(local.getUTCDate())} ${months[local.getUTCMonth()]} ${year}`;
  const time = local.toISOString().slice('yyyy-mm-ddT'.length, -'.000Z'.length);
  return `${day} ${time} ${isShort ? `${zones[zone]} (local time)` : zones[zone]}`;
}

/** @param {string} text */
const quotedPrintable = (text) =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      if (byte === 32) return '_';
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9]/.test(char) ? char : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

/** @typedef {{ index: number, id: string, timeMs: number, from: string, size: number }} Truth */

/** Mails of one mailbox over 13 years, in no order of time. */
class Mails {
  #dice;
  #base64;
  #count;
  /** @type {string[]} */
  #lastIds = [];
  #index = 0;

  /**
   * @param {number} seed
   * @param {number} count
   */
  constructor(seed, count) {
    this.#dice = new Dice(seed);
    this.#count = count;
    let text = '';
    while (text.length < base64Bytes)
      text += `${Array.from({ length: 19 }, () => this.#dice.hex(0x10000).padStart(4, 'A')).join('')}\n`;
    this.#base64 = text;
  }

  /** @param {number} number */
  #person(number) {
    const name = `${firstNames[number % firstNames.length]} ${lastNames[number % lastNames.length]}`;
    return { name, address: `${name.replace(' ', '.').toLowerCase()}${number}@${domains[number % domains.length]}` };
  }

  #words() {
    return Array.from({ length: 3 + this.#dice.below(7) }, () => this.#dice.pick(words)).join(' ');
  }

  #subject() {
    const dice = this.#dice;
    if (dice.chance(0.25)) {
      const pieces = Array.from({ length: 1 + dice.below(3) }, () => `${dice.pick(accented)} ${dice.pick(words)} `);
      return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\n ');
    }
    if (dice.chance(0.1)) return `=?UTF-8?Q?${quotedPrintable(`${dice.pick(accented)} ${dice.pick(words)}`)}?=`;
    return this.#words();
  }

  /** @param {number} timeMs */
  #received(timeMs) {
    const dice = this.#dice;
    return Array.from({ length: 2 + dice.below(4) }, (_, hop) => {
      const from = `mx${dice.below(20)}.${dice.pick(domains)}`;
      const address = `192.0.2.${dice.below(256)}`;
      const id = dice.hex(0x1_0000_0000);
      return `Received: from ${from} (${from} [${address}])\n\tby mail.example.org with ESMTPS id ${id}\n\tfor <me@example.org>; ${dateText(timeMs + (4 - hop) * 1000, 1)}\n`;
    }).join('');
  }

  /** @param {number} timeMs */
  #date(timeMs) {
    const dice = this.#dice;
    if (dice.chance(0.004)) return '';
    if (dice.chance(0.003)) return `Date: ${dice.pick(badDates)}\n`;
    const zone = dice.below(zones.length);
    if (dice.chance(0.005)) return `Date: ${dateText(timeMs, 0).slice(0, -'+0000'.length)}GMT\n`;
    return `Date: ${dateText(timeMs, zone, dice.chance(0.005))}\n`;
  }

  #receivers() {
    const dice = this.#dice;
    const count = dice.chance(0.1) ? 10 + dice.below(30) : 1 + dice.below(3);
    const list = Array.from({ length: count }, () => {
      const { name, address } = this.#person(dice.below(persons));
      return `${name} <${address}>`;
    });
    if (dice.chance(0.3)) list[0] = 'Me Myself <me@example.org>';
    return list.join(',\n\t');
  }

  #signature() {
    const at = this.#dice.below(base64Bytes - 400);
    const text =
      this.#base64
        .slice(at, at + 300)
        .replace(/\n/g, '')
        .match(/.{1,70}/g) ?? [];
    return `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=mail;\n\th=from:to:subject:date;\n\tb=${text.join('\n\t ')}\n`;
  }

  #paragraphs() {
    const dice = this.#dice;
    return Array.from({ length: 5 + dice.below(40) }, () => {
      const line = `${this.#words()} ${this.#words()}`;
      if (dice.chance(0.02)) return `From ${line}`;
      return dice.chance(0.02) ? `>From ${line}` : line;
    }).join('\n');
  }

  #body() {
    const dice = this.#dice;
    const text = this.#paragraphs();
    if (dice.chance(0.5)) return `Content-Type: text/plain; charset=utf-8\n\n${text}\n`;
    const mark = `=_${dice.hex(0x1_0000_0000)}`;
    const html = `<html><body><p>${text.replaceAll('\n', '</p>\n<p>')}</p></body></html>`;
    const parts = [
      `Content-Type: text/plain; charset=utf-8\n\n${text}`,
      `Content-Type: text/html; charset=utf-8\n\n${html}`,
    ];
    if (dice.chance(0.3)) {
      const bytes = 5000 + dice.below(115_000);
      const at = dice.below(base64Bytes - bytes);
      parts.push(
        `Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n${this.#base64.slice(at, at + bytes)}`,
      );
    }
    const joined = parts.map((part) => `--${mark}\n${part}\n`).join('');
    return `Content-Type: multipart/alternative; boundary="${mark}"\n\n${joined}--${mark}--\n`;
  }

  #references() {
    const ids = this.#lastIds;
    if (ids.length === 0 || !this.#dice.chance(0.4)) return '';
    const id = this.#dice.pick(ids);
    return `In-Reply-To: <${id}>\nReferences: <${id}>\n`;
  }

  /** @returns {{ truth: Truth, text: string }} */
  next() {
    const dice = this.#dice;
    const index = this.#index;
    this.#index += 1;
    const spread = (dice.below(4 * dayMs) - 2 * dayMs) | 0;
    const timeMs = Math.floor((startMs + ((endMs - startMs) / this.#count) * index + spread) / 1000) * 1000;
    const from = dice.chance(0.12)
      ? { name: 'Me Myself', address: 'me@example.org' }
      : this.#person(dice.below(persons));
    const id = `${dice.hex(0x1_0000_0000)}.${index}@${from.address.split('@')[1]}`;
    const references = this.#references();
    const results = 'mail.example.org;\n\tdkim=pass header.d=example.org;\n\tspf=pass smtp.mailfrom=example.org';
    const text = [
      `Return-Path: <${from.address}>\n`,
      this.#received(timeMs),
      dice.chance(0.7) ? this.#signature() : '',
      dice.chance(0.3) ? `Authentication-Results: ${results}\n` : '',
      this.#date(timeMs),
      `From: ${from.name} <${from.address}>\nTo: ${this.#receivers()}\nSubject: ${this.#subject()}\n`,
      `Message-ID: <${id}>\n${references}MIME-Version: 1.0\nX-Mailer: generator\n`,
      this.#body(),
    ].join('');
    this.#lastIds.push(id);
    if (this.#lastIds.length > 100) this.#lastIds.shift();
    return { truth: { index, id, timeMs, from: from.address, size: Buffer.byteLength(text) }, text };
  }
}

/**
 * Writes a Maildir as people have them: 13 years of mail from 400 persons, headers that servers add, encoded subjects,
 * some dates that are missing or bad, bodies of which one in seven has an attachment. 13 kB a mail. The same arguments
 * give the same files on every machine.
 *
 * @param {object} options
 * @param {string} options.path directory to make
 * @param {number} options.count how many mails
 * @param {number} [options.seed] default 1
 * @returns {Truth[]} what is in them; mails from the user are those from `me@example.org`
 */
export function generateMaildir({ path: directory, count, seed = 1 }) {
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(path.join(directory, name), { recursive: true });
  const dice = new Dice(seed + 1);
  const mails = new Mails(seed, count);
  return Array.from({ length: count }, () => {
    const { truth, text } = mails.next();
    const seconds = truth.timeMs / 1000;
    const isNew = dice.chance(0.02);
    const flags = [dice.chance(0.3) ? 'R' : '', dice.chance(0.9) ? 'S' : ''].join('');
    const unique = `${seconds}.M${dice.below(1_000_000)}P${truth.index}.host,S=${truth.size}`;
    const file = path.join(directory, isNew ? `new/${unique}` : `cur/${unique}:2,${flags}`);
    writeFileSync(file, text);
    utimesSync(file, seconds, seconds);
    return truth;
  });
}

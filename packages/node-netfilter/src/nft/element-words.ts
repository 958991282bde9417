import type { SetElement } from '../ruleset/set-element.ts';
import { timeMs } from './time-ms.ts';

const comment = / comment "(.*)"$/s;
const counter = / counter packets (\d+) bytes (\d+)/;
const timeout = / timeout (\w+)/;
const expires = / expires (\w+)/;

/** Reads an element as nft writes it: `1.2.3.4 counter packets 0 bytes 0 timeout 5s expires 4s9ms comment "sshd"`. */
export function elementWords(text: string): SetElement {
  const said = comment.exec(text)?.[1];
  const words = text.replace(comment, '');
  const [key = ''] = words.split(/ (?:counter|timeout|expires) /, 1);
  const [, packets, bytes] = counter.exec(words) ?? [];
  const whole = timeout.exec(words)?.[1];
  const left = expires.exec(words)?.[1];
  return {
    key,
    ...(whole !== undefined && { timeoutMs: timeMs(whole) }),
    ...(left !== undefined && { expiresInMs: timeMs(left) }),
    ...(said !== undefined && { comment: said }),
    ...(packets !== undefined && bytes !== undefined && { packets: BigInt(packets), bytes: BigInt(bytes) }),
  };
}

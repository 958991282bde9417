import { decodeAck } from './decode-ack.ts';
import { messageFlag } from './message-flag.ts';
import { messageType } from './message-type.ts';
import { MessageWriter } from './message-writer.ts';
import { type NetlinkMessage, readMessages } from './read-messages.ts';

const int32 = (value: number): number[] => [...new Uint8Array(Int32Array.of(value).buffer)];
const header = (length: number): number[] => [...int32(length), 12, 10, 5, 0, ...int32(77), ...int32(0)];
const offsetAttribute = [8, 0, 2, 0, ...int32(617)];
const textAttribute = [9, 0, 1, 0, 0x66, 0x75, 0x6c, 0x6c, 0, 0, 0, 0];

function answer(type: number, flags: number, payload: readonly number[]): NetlinkMessage {
  const writer = new MessageWriter();
  writer.plain(type, flags, 77, Uint8Array.from(payload));
  const [message] = readMessages(writer.bytes.subarray(0, writer.length));
  return message as NetlinkMessage;
}

describe('decodeAck', () => {
  test('reads that all is well', () => {
    expect(decodeAck(answer(messageType.error, messageFlag.capped, [...int32(0), ...header(80)]))).toEqual({
      seq: 77,
      errno: 0,
    });
  });

  test('reads what is wrong, and where', () => {
    const flags = messageFlag.capped | messageFlag.ackAttributes;
    const payload = [...int32(-17), ...header(80), ...offsetAttribute, ...textAttribute];
    expect(decodeAck(answer(messageType.error, flags, payload))).toEqual({
      seq: 77,
      errno: 17,
      offset: 617,
      text: 'full',
    });
  });

  test('finds the attributes behind the whole request, where the kernel sends it back', () => {
    const request = [...header(23), 1, 2, 3, 4, 5, 6, 7, 0];
    const payload = [...int32(-2), ...request, ...offsetAttribute];
    expect(decodeAck(answer(messageType.error, messageFlag.ackAttributes, payload))).toMatchObject({
      errno: 2,
      offset: 617,
    });
  });

  test('reads how a dump ended', () => {
    expect(decodeAck(answer(messageType.done, messageFlag.multi, int32(0)))).toEqual({ seq: 77, errno: 0 });
    expect(decodeAck(answer(messageType.done, messageFlag.multi, []))).toEqual({ seq: 77, errno: 0 });
    expect(decodeAck(answer(messageType.done, messageFlag.ackAttributes, [...int32(-4), ...textAttribute]))).toEqual({
      seq: 77,
      errno: 4,
      text: 'full',
    });
  });

  test('leaves other messages alone', () => {
    expect(decodeAck(answer(messageType.newTable, 0, int32(0)))).toBeUndefined();
  });

  test('refuses what is too short', () => {
    expect(() => decodeAck(answer(messageType.error, 0, []))).toThrow('lacks its error number');
    expect(() => decodeAck(answer(messageType.error, 0, int32(-1)))).toThrow('lacks its request');
  });
});

import { autoAck, type Chunk } from './chunk.ts';

function chunk(): Chunk & { acks: number } {
  return {
    source: { id: '1', path: 'a.log' },
    bytes: Buffer.from('line\n'),
    offset: 0,
    ending: 'break',
    live: true,
    acks: 0,
    ack() {
      this.acks += 1;
    },
  };
}

describe('autoAck', () => {
  test('acks after the consumer has returned', () => {
    const one = chunk();
    let before = -1;
    autoAck(one, 'auto', () => {
      before = one.acks;
    });
    expect([before, one.acks]).toEqual([0, 1]);
  });

  test('leaves the ack to the consumer when asked to', () => {
    const one = chunk();
    autoAck(one, 'manual', () => {});
    expect(one.acks).toBe(0);
  });
});

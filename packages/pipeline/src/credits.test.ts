import { Credits } from './credits.ts';

describe('Credits', () => {
  test('gives out no more than its maximum', () => {
    const credits = new Credits(2);
    expect([credits.take(), credits.take(), credits.take()]).toEqual([true, true, false]);
    expect(credits.taken).toBe(2);
  });

  test('wakes a refused taker once, when a credit returns', () => {
    let woken = 0;
    const credits = new Credits(1, () => {
      woken += 1;
    });
    credits.take();
    credits.give();
    expect(woken).toBe(0);
    credits.take();
    credits.take();
    credits.give();
    expect(woken).toBe(1);
  });

  test('the woken taker may take at once', () => {
    const taken: boolean[] = [];
    const credits: Credits = new Credits(1, () => taken.push(credits.take()));
    credits.take();
    credits.take();
    credits.give();
    expect(taken).toEqual([true]);
    expect(credits.taken).toBe(1);
  });

  test('refuses a credit that was never taken, and a maximum below 1', () => {
    expect(() => new Credits(1).give()).toThrow(RangeError);
    expect(() => new Credits(0)).toThrow('maxInFlight must be an integer of at least 1, not 0');
  });
});

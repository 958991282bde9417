import { Serial } from './serial.ts';

describe('Serial', () => {
  it('begins a piece of work when the one before has ended, however it ended', async () => {
    const serial = new Serial();
    const steps: string[] = [];
    const piece = (name: string, fails: boolean) => async (): Promise<string> => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled([serial.run(piece('a', true)), serial.run(piece('b', false))]);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(results).toMatchObject([{ reason: { message: 'a' } }, { value: 'b' }]);
  });
});

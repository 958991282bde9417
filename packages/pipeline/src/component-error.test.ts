import { ComponentError } from './component-error.ts';

describe('ComponentError', () => {
  test('says place, fault and cure in one line', () => {
    const error = new ComponentError('ERR_X_VALUE', 'maxretry is "many", not a number', {
      file: 'jail.local',
      line: 7,
      cure: 'write a whole number',
    });
    expect(error.message).toBe('jail.local:7: maxretry is "many", not a number; write a whole number');
  });

  test('leaves out what is not known', () => {
    expect(new ComponentError('ERR_X', 'it broke').message).toBe('it broke');
    expect(new ComponentError('ERR_X', 'it broke', { file: 'a.conf' }).message).toBe('a.conf: it broke');
  });

  test('keeps code, value, limit and cause for programs', () => {
    const cause = new Error('disk full');
    const error = new ComponentError('ERR_X', 'too long', { value: 70_000, limit: 65_536, cause });
    expect(error).toMatchObject({ code: 'ERR_X', value: 70_000, limit: 65_536, cause });
    expect(error).toBeInstanceOf(Error);
  });
});
